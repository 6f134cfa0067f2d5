package io.freehold.security;

import static io.freehold.security.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.Secret;
import io.freehold.api.security.Authenticator;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Credential;
import io.freehold.api.security.Role;
import io.freehold.api.security.Scope;
import io.freehold.api.security.SessionService;
import io.freehold.api.security.SessionService.Tokens;
import io.freehold.api.security.User;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** How signing in was broken elsewhere, each tried here. */
class MuseumTest extends HomeTest {
    private static final String CONSOLE = "/api/v1/instances/" + new UUID(7, 7) + "/console";

    @Test
    void cve202569197ACodeThatWasUsedIsNeverGoodAgain() {
        home.user("ada", Role.USER);
        Caller ada = home.signIn("ada");
        Secret seed = home.security().totp().enrol(ada).secret();
        Secret confirming = TotpTest.code(seed, home.clock.instant());
        home.security().totp().confirm(ada, confirming);
        SessionService sessions = home.security().sessions();
        assertRefused(() -> sessions.login("ada", Home.PASSWORD, confirming, Home.HERE), ErrorCode.UNAUTHENTICATED);

        home.clock.pass(Duration.ofSeconds(30));
        Secret used = TotpTest.code(seed, home.clock.instant());
        sessions.login("ada", Home.PASSWORD, used, Home.HERE);
        assertRefused(() -> sessions.login("ada", Home.PASSWORD, used, Home.HERE), ErrorCode.UNAUTHENTICATED);
        assertRefused(() -> sessions.login("ada", Home.PASSWORD, used, Home.ELSEWHERE), ErrorCode.UNAUTHENTICATED);
    }

    @Test
    void cve202568954NothingOfASessionOutlivesItsRevocation() {
        List<Consumer<User>> ways = List.of(
                user -> home.security().sessions().endAll(home.owner(), user.id()),
                user -> home.security().users().setEnabled(home.owner(), user.id(), false),
                user -> home.security().users().resetPassword(home.owner(), user.id()),
                user -> home.security().users().delete(home.owner(), user.id()));
        List<Tokens> revoked = new ArrayList<>();
        for (Consumer<User> way : ways) {
            User user = home.user("user" + revoked.size(), Role.OPERATOR);
            Tokens tokens = home.tokens(user.username());
            Caller caller = home.caller(tokens);
            Secret ticket = home.security().sessions().ticket(caller, CONSOLE).ticket();
            way.accept(user);
            Authenticator authenticator = home.security().authenticator();
            assertThat(authenticator.isCurrent(caller)).isFalse();
            assertRefused(
                    () -> authenticator.authenticate(new Credential.Ticket(ticket, CONSOLE), Home.HERE),
                    ErrorCode.UNAUTHENTICATED);
            assertEnded(tokens);
            revoked.add(tokens);
        }
        home.restart();
        revoked.forEach(this::assertEnded);
    }

    private void assertEnded(Tokens tokens) {
        assertRefused(() -> home.caller(tokens), ErrorCode.UNAUTHENTICATED);
        assertRefused(
                () -> home.security().sessions().refresh(tokens.refreshToken(), Home.HERE), ErrorCode.UNAUTHENTICATED);
    }

    @Test
    void cve202654593NoTokenIsGoodForAnotherPurposeThanItsOwn() {
        home.user("ada", Role.OPERATOR);
        Tokens tokens = home.tokens("ada");
        Caller ada = home.caller(tokens);
        Secret ticket = home.security().sessions().ticket(ada, CONSOLE).ticket();
        Secret apiToken = home.security()
                .apiTokens()
                .create(ada, "ci", null, Scope.ROOT, null)
                .secret();
        Secret csrf = home.security().authenticator().csrfToken(ada);

        for (Secret other : List.of(tokens.refreshToken(), ticket, csrf)) {
            assertRefused(() -> home.caller(other), ErrorCode.UNAUTHENTICATED);
        }
        for (Secret other : List.of(tokens.accessToken(), ticket, apiToken, csrf)) {
            assertRefused(() -> home.security().sessions().refresh(other, Home.HERE), ErrorCode.UNAUTHENTICATED);
        }
        for (Secret other : List.of(tokens.accessToken(), tokens.refreshToken(), apiToken, csrf)) {
            assertRefused(
                    () -> home.security()
                            .authenticator()
                            .authenticate(new Credential.Ticket(other, CONSOLE), Home.HERE),
                    ErrorCode.UNAUTHENTICATED);
        }
        for (Secret other : List.of(tokens.accessToken(), tokens.refreshToken(), apiToken, ticket)) {
            assertThat(other).isNotEqualTo(csrf);
        }
        // Each is still good for its own.
        home.security().authenticator().authenticate(new Credential.Ticket(ticket, CONSOLE), Home.HERE);
        home.caller(apiToken);
        home.security().sessions().refresh(tokens.refreshToken(), Home.HERE);
    }

    @Test
    void cve202654593NoTokenOfAnotherInstallationIsGoodHere() throws Exception {
        home.user("ada", Role.OPERATOR);
        Tokens tokens = home.tokens("ada");
        Secret apiToken = home.security()
                .apiTokens()
                .create(home.caller(tokens), "ci", null, Scope.ROOT, null)
                .secret();
        try (Home other = new Home(Files.createDirectory(folder.resolve("other")), null)) {
            other.user("ada", Role.OPERATOR);
            assertRefused(() -> other.caller(tokens), ErrorCode.UNAUTHENTICATED);
            assertRefused(() -> other.caller(apiToken), ErrorCode.UNAUTHENTICATED);
            assertRefused(
                    () -> other.security().sessions().refresh(tokens.refreshToken(), Home.HERE),
                    ErrorCode.UNAUTHENTICATED);
        }
    }

    @Test
    void cve202337266AKeyThatSomebodyChoseKeepsFreeholdFromStarting() throws IOException {
        Path key = home.data.resolve("keys").resolve("access-token.key");
        for (String weak : new String[] {"secret", "changeme", "", "0".repeat(31), "x".repeat(32)}) {
            String encoded = Base64.getEncoder().encodeToString(weak.getBytes(StandardCharsets.US_ASCII));
            for (String content : new String[] {weak, encoded}) {
                Files.writeString(key, content + "\n");
                assertThatThrownBy(home::restart)
                        .as(content)
                        .isInstanceOf(FreeholdException.class)
                        .hasMessageContaining("access-token.key");
            }
        }
    }

    @Test
    void cve202655761SetupIsNeverOpenToWhoCannotReadTheDataFolder() {
        Secret token = home.setupToken();
        for (String guess : new String[] {"", "admin", "null", token.reveal().substring(1), token.reveal() + " "}) {
            assertRefused(
                    () -> home.security()
                            .setup()
                            .complete(Secret.of(guess), "eve", Home.PASSWORD, null, Home.ELSEWHERE),
                    ErrorCode.DENIED);
        }
        User first = home.security().setup().complete(token, "ada", Home.PASSWORD, null, Home.HERE);
        // Neither a restart nor the end of every administrator opens it again.
        home.security()
                .users()
                .setEnabled(home.owner(), home.user("bob", Role.ADMINISTRATOR).id(), true);
        home.security().users().delete(home.owner(), first.id());
        home.restart();
        assertThat(home.security().setup().required()).isFalse();
        assertRefused(
                () -> home.security().setup().complete(token, "eve", Home.PASSWORD, null, Home.ELSEWHERE),
                ErrorCode.CONFLICT,
                "SETUP_COMPLETE");
    }
}
