package io.freehold.security;

import static io.freehold.security.Refusals.assertInvalid;
import static io.freehold.security.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.freehold.api.ErrorCode;
import io.freehold.api.PageRequest;
import io.freehold.api.Secret;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Role;
import io.freehold.api.security.Scope;
import io.freehold.api.security.User;
import io.freehold.api.security.UserService.ImportedUser;
import io.freehold.api.storage.Sql;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.bcrypt.BCrypt;

/** Users who come with the password hashes of other programs. */
class LegacyHashTest extends HomeTest {
    private static final Secret PASSWORD = Secret.of("Correct-Horse1");
    private static final String SHA256 = "b753adb85d22585484ab69a61ea10a4cea9985fa69010c8ef5c6aadabab6139c";

    private Caller admin;

    @BeforeEach
    void setUp() {
        admin = home.admin();
    }

    private User importOne(String hash) {
        return home.security()
                .users()
                .importAll(admin, List.of(new ImportedUser("ada", Secret.of(hash), null)))
                .get(0);
    }

    private String stored() {
        return home.database.read(connection -> Sql.first(
                        connection,
                        "SELECT password_hash FROM security_user WHERE username = 'ada'",
                        row -> row.getString(1))
                .orElseThrow());
    }

    private long waiting() {
        return home.security().users().legacy(admin, PageRequest.first()).total();
    }

    private void assertMigrates(String hash) {
        importOne(hash);
        String before = stored();
        assertThat(waiting()).isEqualTo(1);
        assertRefused(
                () -> home.security().sessions().login("ada", Secret.of("Correct-Horse2"), Home.HERE),
                ErrorCode.UNAUTHENTICATED);
        assertThat(stored()).isEqualTo(before);

        home.security().sessions().login("ada", PASSWORD, Home.HERE);
        assertThat(stored()).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").isNotEqualTo(before);
        assertThat(waiting()).isZero();
        home.security().sessions().login("ada", PASSWORD, Home.HERE);
    }

    @Test
    void theHashOfTheProxmoxPortalMigratesAndIsNowhereAsItWas() {
        importOne(SHA256);
        assertThat(stored()).doesNotContain(SHA256);
        home.security()
                .users()
                .delete(admin, home.security().users().find(admin, "ada").id());
        assertMigrates(SHA256);
    }

    @ParameterizedTest
    @ValueSource(strings = {"$2a", "$2b", "$2y", "{bcrypt}$2a"})
    void bcryptOfAnyVersionMigrates(String version) {
        String hash = BCrypt.hashpw(PASSWORD.reveal(), BCrypt.gensalt(4));
        assertMigrates(version + hash.substring(3));
    }

    @Test
    void argon2OfOtherParametersMigrates() {
        assertMigrates(new Argon2PasswordEncoder(16, 32, 4, 32 * 1024, 3).encode(PASSWORD.reveal()));
    }

    /** Made with the reference implementation. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$wWKIMhR9lyDFvRz9YTZweHKfbftvj+qf+YFY4NeBbtA",
                "$argon2i$m=65536,t=2,p=1$c29tZXNhbHQ$9sTbSlTio3Biev89thdrlKKiCaYsjjYVJxGAL3swxpQ",
                "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
            })
    void theReferenceHashesOfArgon2AreAccepted(String hash) {
        importOne(hash);
        home.security().sessions().login("ada", Secret.of("password"), Home.HERE);
        assertThat(stored()).startsWith("$argon2id$v=19$m=19456,");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Correct-Horse1",
                "$2b$31$abcdefghijklmnopqrstuuABCDEFGHIJKLMNOPQRSTUVWXYZ01234",
                "$2b$03$abcdefghijklmnopqrstuuABCDEFGHIJKLMNOPQRSTUVWXYZ01234",
                "$2b$10$short",
                "$argon2id$v=19$m=4194304,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "$argon2id$v=19$m=65536,t=100000,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "$argon2id$v=19$m=65536,t=2,p=200$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "$argon2id$v=19$m=7,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "!"
            })
    void whatIsNoHashOrTooCostlyIsRefused(String hash) {
        assertInvalid(() -> importOne(hash), "users[0].passwordHash");
    }

    @Test
    void allAreImportedOrNone() {
        ImportedUser good = new ImportedUser("ada", Secret.of(SHA256), null);
        ImportedUser bad = new ImportedUser("b b", Secret.of("x"), null);
        assertInvalid(() -> home.security().users().importAll(admin, List.of(good, bad)), "users[1].username");
        assertRefused(
                () -> home.security()
                        .users()
                        .importAll(admin, List.of(good, new ImportedUser("admin", Secret.of(SHA256), null))),
                ErrorCode.CONFLICT);
        assertRefused(() -> home.security().users().find(admin, "ada"), ErrorCode.NOT_FOUND);
        assertInvalid(() -> home.security().users().importAll(admin, List.of()), "users");
    }

    @Test
    void whoMayNotCreateUsersImportsNone() {
        home.user("clerk", null);
        Caller clerk = home.signIn("clerk");
        assertRefused(
                () -> home.security()
                        .users()
                        .importAll(clerk, List.of(new ImportedUser("ada", Secret.of(SHA256), null))),
                ErrorCode.DENIED);
    }

    @Test
    void anAdministratorWhoSignsInNoMoreIsNotTheOneWhoStays() {
        importOne(SHA256);
        User ada = home.security().users().find(admin, "ada");
        home.security().roles().bind(admin, Home.principal(ada), Role.ADMINISTRATOR, Scope.ROOT);
        home.clock.pass(Duration.ofDays(90));
        home.restart();
        admin = home.signIn("admin");
        User last = home.security().users().find(admin, "admin");
        assertRefused(
                () -> home.security().users().setEnabled(admin, last.id(), false),
                ErrorCode.CONFLICT,
                "LAST_ADMINISTRATOR");
    }

    @Test
    void whoDoesNotComeBackInTimeIsListedAndSignsInNoMore() {
        importOne(SHA256);
        home.clock.pass(Duration.ofDays(90));
        assertRefused(() -> home.security().sessions().login("ada", PASSWORD, Home.HERE), ErrorCode.UNAUTHENTICATED);
        home.restart();
        assertThat(stored()).isEqualTo("!");
        assertThat(home.audit("user.legacy-hash-expired")).hasSize(1);
        admin = home.signIn("admin");
        assertThat(waiting()).isEqualTo(1);
        Secret reset = home.security()
                .users()
                .resetPassword(admin, home.security().users().find(admin, "ada").id());
        home.security().sessions().login("ada", reset, Home.HERE);
        assertThat(waiting()).isZero();
    }
}
