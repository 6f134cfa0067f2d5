package io.freehold.security;

import static io.freehold.security.Refusals.assertInvalid;
import static io.freehold.security.Refusals.assertRefused;
import static io.freehold.security.Refusals.retryAfter;
import static org.assertj.core.api.Assertions.assertThat;

import io.freehold.api.ErrorCode;
import io.freehold.api.Secret;
import io.freehold.api.audit.AuditEntry;
import io.freehold.api.audit.Outcome;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Permissions;
import io.freehold.api.security.User;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;

class SetupTest extends HomeTest {
    private static final Secret WRONG = Secret.of("x".repeat(43));

    private User complete(Secret token, String username, Secret password) {
        return home.security().setup().complete(token, username, password, "a@example.org", Home.HERE);
    }

    private Path tokenFile() {
        return home.data.resolve("setup-token");
    }

    @Test
    void aTokenThatNobodyElseCanReadWaitsForTheFirstAdministrator() throws IOException {
        assertThat(home.security().setup().required()).isTrue();
        assertThat(home.setupToken().reveal()).hasSize(43);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(tokenFile())))
                .isEqualTo("rw-------");
    }

    @Test
    void theTokenStaysTheSameAcrossRestartsUnlessOthersCouldReadIt() throws IOException {
        Secret first = home.setupToken();
        home.restart();
        assertThat(home.setupToken()).isEqualTo(first);

        Files.setPosixFilePermissions(tokenFile(), PosixFilePermissions.fromString("rw-r--r--"));
        home.restart();
        assertThat(home.setupToken()).isNotEqualTo(first);
    }

    @Test
    void theFirstAdministratorMayDoEverythingAndTheTokenIsGone() {
        User user = complete(home.setupToken(), "root", Home.PASSWORD);

        assertThat(user.username()).isEqualTo("root");
        assertThat(user.email()).isEqualTo("a@example.org");
        assertThat(home.security().setup().required()).isFalse();
        assertThat(tokenFile()).doesNotExist();
        Caller caller = home.signIn("root");
        assertThat(home.security().authorizer().access(caller).permissions())
                .containsExactlyInAnyOrderElementsOf(Permissions.ALL);
        AuditEntry entry = home.audit("setup.complete").get(0);
        assertThat(entry.outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(entry.resource()).isEqualTo("users/" + user.id());
        assertThat(entry.source()).isEqualTo(Home.HERE.source());
    }

    @Test
    void aWrongTokenIsDeniedAndAuditedAndChangesNothing() {
        assertRefused(() -> complete(WRONG, "root", Home.PASSWORD), ErrorCode.DENIED, "WRONG_SETUP_TOKEN");
        assertRefused(() -> complete(Secret.of(""), "root", Home.PASSWORD), ErrorCode.DENIED);

        assertThat(home.audit("setup.complete")).extracting(AuditEntry::outcome).containsOnly(Outcome.DENIED);
        assertThat(home.security().setup().required()).isTrue();
        complete(home.setupToken(), "root", Home.PASSWORD);
    }

    @Test
    void guessingTheTokenIsSlowedDownPerSourceAndFillsNoLog() {
        for (int i = 0; i < 10; i++) {
            assertRefused(() -> complete(WRONG, "root", Home.PASSWORD), ErrorCode.DENIED);
        }
        for (int i = 0; i < 20; i++) {
            assertThat(retryAfter(() -> complete(WRONG, "root", Home.PASSWORD))).isPresent();
        }
        assertThat(home.audit("setup.complete")).hasSize(11);
        home.security().setup().complete(home.setupToken(), "root", Home.PASSWORD, null, Home.ELSEWHERE);
    }

    @Test
    void aSecondSetupIsRefusedForEverWhateverTheToken() {
        Secret token = home.setupToken();
        complete(token, "root", Home.PASSWORD);

        assertRefused(() -> complete(token, "other", Home.PASSWORD), ErrorCode.CONFLICT, "SETUP_COMPLETE");
        assertRefused(() -> complete(WRONG, "other", Home.PASSWORD), ErrorCode.CONFLICT, "SETUP_COMPLETE");
        home.restart();
        assertThat(home.security().setup().required()).isFalse();
        assertThat(tokenFile()).doesNotExist();
        assertRefused(() -> complete(token, "other", Home.PASSWORD), ErrorCode.CONFLICT, "SETUP_COMPLETE");
    }

    @Test
    void ofTwoAtOnceOneWins() throws InterruptedException {
        Secret token = home.setupToken();
        AtOnce<User> outcome = AtOnce.run(
                2, () -> complete(token, "root" + Thread.currentThread().getId(), Home.PASSWORD));

        assertThat(outcome.results).hasSize(1);
        assertThat(outcome.refusals).hasSize(1);
        assertThat(outcome.refusals.get(0).reason()).isEqualTo("SETUP_COMPLETE");
        assertThat(home.audit("setup.complete")).hasSize(1);
    }

    @Test
    void badInputIsNamedAndTheTokenStaysGood() {
        Secret token = home.setupToken();
        assertInvalid(() -> complete(token, "", Home.PASSWORD), "username");
        assertInvalid(() -> complete(token, "a b", Home.PASSWORD), "username");
        assertInvalid(() -> complete(token, "root", Secret.of("short")), "password");
        assertInvalid(
                () -> home.security().setup().complete(token, "root", Home.PASSWORD, "nonsense", Home.HERE), "email");
        complete(token, "root", Home.PASSWORD);
    }

    @Test
    void nothingIsCreatedIfItCannotBeRecorded() {
        Secret token = home.setupToken();
        home.database.breakWrites(true);
        assertRefused(() -> complete(token, "root", Home.PASSWORD), ErrorCode.UNAVAILABLE);
        home.database.breakWrites(false);

        assertThat(home.security().setup().required()).isTrue();
        complete(token, "root", Home.PASSWORD);
    }
}
