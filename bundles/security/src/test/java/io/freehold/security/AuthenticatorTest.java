package io.freehold.security;

import static io.freehold.security.Refusals.assertInvalid;
import static io.freehold.security.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.freehold.api.ErrorCode;
import io.freehold.api.Secret;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Credential;
import io.freehold.api.security.Principal;
import io.freehold.api.security.Role;
import io.freehold.api.security.SessionService.Ticket;
import io.freehold.api.security.SessionService.Tokens;
import io.freehold.api.security.User;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AuthenticatorTest extends HomeTest {
    private static final String PATH = "/api/v1/instances/" + new UUID(7, 7) + "/console";

    private User user;
    private Tokens tokens;
    private Caller ada;

    @BeforeEach
    void signIn() {
        user = home.user("ada", Role.USER);
        tokens = home.tokens("ada");
        ada = home.caller(tokens);
    }

    private Caller use(Secret ticket, String path) {
        return home.security().authenticator().authenticate(new Credential.Ticket(ticket, path), Home.ELSEWHERE);
    }

    private Ticket ticket() {
        return home.security().sessions().ticket(ada, PATH);
    }

    @Test
    void anAccessTokenIsGoodForFifteenMinutesAndAfterARestart() {
        home.clock.pass(Duration.ofMinutes(15).minusMillis(1));
        assertThat(home.caller(tokens)).isEqualTo(ada);
        home.restart();
        assertThat(home.caller(tokens)).isEqualTo(ada);
        home.clock.pass(Duration.ofMillis(1));
        assertRefused(() -> home.caller(tokens), ErrorCode.UNAUTHENTICATED);
        home.restart();
        assertRefused(() -> home.caller(tokens), ErrorCode.UNAUTHENTICATED);
    }

    @Test
    void aClockThatIsSetBackBringsNoTokenBack() {
        home.clock.pass(Duration.ofMinutes(16));
        assertRefused(() -> home.caller(tokens), ErrorCode.UNAUTHENTICATED);
        home.clock.set(Duration.ofHours(-2));
        assertRefused(() -> home.caller(tokens), ErrorCode.UNAUTHENTICATED);
        home.caller(home.tokens("ada"));
    }

    @Test
    void aClockThatIsSetAheadEndsWhatWouldHaveEnded() {
        home.clock.set(Duration.ofDays(30));
        assertThat(home.security().authenticator().isCurrent(ada)).isFalse();
        assertRefused(() -> home.caller(tokens), ErrorCode.UNAUTHENTICATED);
        assertRefused(
                () -> home.security().sessions().refresh(tokens.refreshToken(), Home.HERE), ErrorCode.UNAUTHENTICATED);
    }

    @Test
    void aSessionThatWasBegunWhileTheClockWasAheadEndsWhenItIsRightAgain() {
        home.clock.set(Duration.ofDays(30));
        Tokens future = home.tokens("ada");
        home.caller(future);
        home.clock.set(Duration.ofDays(-30));
        assertRefused(() -> home.caller(future), ErrorCode.UNAUTHENTICATED);
        assertRefused(
                () -> home.security().sessions().refresh(future.refreshToken(), Home.HERE), ErrorCode.UNAUTHENTICATED);
        home.caller(home.tokens("ada"));
    }

    @Test
    void anythingElseThanATokenOfThisInstallationIsRefusedAndFillsNoLog() {
        String good = tokens.accessToken().reveal();
        String[] parts = good.split("\\.", -1);
        String none = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"alg\":\"none\",\"typ\":\"at+jwt\"}".getBytes(StandardCharsets.UTF_8));
        for (String bad : new String[] {
            "",
            "x",
            "a.b.c",
            good + "x",
            good.substring(0, good.length() - 3),
            parts[0] + "." + parts[1] + ".",
            none + "." + parts[1] + ".",
            none + "." + parts[1] + "." + parts[2],
            tokens.refreshToken().reveal(),
            "x".repeat(1_000_000)
        }) {
            assertRefused(() -> home.caller(Secret.of(bad)), ErrorCode.UNAUTHENTICATED);
        }
        assertThat(home.audit("auth.token")).hasSize(1);
    }

    @Test
    void aTicketIsGoodOnceForItsPath() {
        Ticket ticket = ticket();
        assertThat(ticket.expiresAt()).isEqualTo(home.clock.instant().plusSeconds(30));

        Caller caller = use(ticket.ticket(), PATH);
        assertThat(caller.principal()).isEqualTo(ada.principal());
        assertThat(caller.sessionId()).isEqualTo(ada.sessionId());
        assertThat(caller.origin()).isEqualTo(Home.ELSEWHERE);
        assertRefused(() -> use(ticket.ticket(), PATH), ErrorCode.UNAUTHENTICATED);
    }

    @Test
    void aTicketThatWasTriedElsewhereIsUsedUp() {
        Ticket ticket = ticket();
        assertRefused(
                () -> use(ticket.ticket(), "/api/v1/instances/" + new UUID(8, 8) + "/console"),
                ErrorCode.UNAUTHENTICATED);
        assertRefused(() -> use(ticket.ticket(), PATH), ErrorCode.UNAUTHENTICATED);
    }

    @Test
    void ofManyUsesOfATicketAtOnceOneIsGood() throws InterruptedException {
        Ticket ticket = ticket();
        assertThat(AtOnce.run(20, () -> use(ticket.ticket(), PATH)).results).hasSize(1);
    }

    @Test
    void aTicketEndsAfterThirtySecondsAndWithItsSession() {
        Ticket late = ticket();
        home.clock.pass(Duration.ofSeconds(30));
        assertRefused(() -> use(late.ticket(), PATH), ErrorCode.UNAUTHENTICATED);

        Ticket orphan = ticket();
        home.security().sessions().logout(ada);
        assertRefused(() -> use(orphan.ticket(), PATH), ErrorCode.UNAUTHENTICATED);
    }

    @Test
    void ticketsAreForConsolesAloneAndBounded() {
        for (String path : new String[] {
            "", "/", "/api/v1/users", PATH + "/", PATH + "?x=1", "/api/v1/instances/../users/console", "x" + PATH
        }) {
            assertInvalid(() -> home.security().sessions().ticket(ada, path), "path");
        }
        for (int i = 0; i < 100; i++) {
            ticket();
        }
        assertThat(Refusals.retryAfter(this::ticket)).isPresent();
        home.clock.pass(Duration.ofSeconds(30));
        ticket();
    }

    @Test
    void aCallerIsCurrentWhileItsOwnSessionStands() {
        assertThat(home.security().authenticator().isCurrent(ada)).isTrue();
        assertThat(home.security().authenticator().isCurrent(home.owner())).isTrue();
        assertThat(home.security().authenticator().isCurrent(new Caller(Principal.ANONYMOUS, "x", null, Home.HERE)))
                .isFalse();
        assertThat(home.security().authenticator().isCurrent(new Caller(ada.principal(), "ada", null, Home.HERE)))
                .isFalse();
        User eve = home.user("eve", null);
        assertThat(home.security()
                        .authenticator()
                        .isCurrent(new Caller(Home.principal(eve), "eve", ada.sessionId(), Home.HERE)))
                .isFalse();
        home.security().users().setEnabled(home.owner(), user.id(), false);
        assertThat(home.security().authenticator().isCurrent(ada)).isFalse();
    }
}
