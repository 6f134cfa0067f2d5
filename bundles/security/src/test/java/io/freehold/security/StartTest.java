package io.freehold.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freehold.api.FreeholdException;
import io.freehold.api.Secret;
import io.freehold.api.security.Permissions;
import io.freehold.api.security.SessionService.Tokens;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

class StartTest extends HomeTest {
    private Path keys() {
        return home.data.resolve("keys");
    }

    private void assertRefusesToStart(String... says) {
        assertThatThrownBy(home::restart).isInstanceOf(FreeholdException.class).hasMessageContainingAll(says);
    }

    @Test
    void keysAreMadeForTheirOwnerAlone() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys())))
                .isEqualTo("rwx------");
        try (Stream<Path> files = Files.list(keys())) {
            assertThat(files).hasSize(3).allSatisfy(file -> {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------");
            });
        }
    }

    @Test
    void aKeyThatOthersCanReadKeepsFreeholdFromStarting() throws IOException {
        Path key = keys().resolve("access-token.key");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
        assertRefusesToStart("access-token.key", "chmod 600");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        Files.setPosixFilePermissions(keys(), PosixFilePermissions.fromString("rwxr-xr-x"));
        assertRefusesToStart("keys", "chmod 700");
        Files.setPosixFilePermissions(keys(), PosixFilePermissions.fromString("rwx------"));
        home.restart();
    }

    @Test
    void aKeyThatIsShortOrNoRandomOneKeepsFreeholdFromStarting() throws IOException {
        Path key = keys().resolve("access-token.key");
        Files.writeString(key, "c2hvcnQ=\n");
        assertRefusesToStart("too short");
        Files.writeString(key, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n");
        assertRefusesToStart("no random one");
        Files.writeString(key, "change me, please!\n");
        assertRefusesToStart("does not hold a key");
    }

    @Test
    void aRoleThatThereIsNotKeepsFreeholdFromStartingWhereItTakesASecondFactor() {
        String own = home.security()
                .roles()
                .create(home.owner(), "keeper", Set.of(Permissions.INSTANCE_READ))
                .id();
        home.settings.put("freehold.totp.required.roles", "administrator," + own);
        home.restart();
        home.settings.put("freehold.totp.required.roles", "administrator, administrators");
        assertRefusesToStart("totp.required.roles", "'administrators' is no role");
    }

    @Test
    void aSecretsKeyThatIsNotTheDatabasesKeepsFreeholdFromStarting() throws IOException {
        Files.delete(keys().resolve("secrets.key"));
        assertRefusesToStart("secrets.key", "backup");
    }

    @Test
    void theSecretsKeyMayBeASettingOrAFileElsewhere() throws IOException {
        String sealed = home.security().secrets().seal(Secret.of("hunter2"), "a/1");
        Path inside = keys().resolve("secrets.key");
        String key = Files.readString(inside).strip();
        Path outside = home.data.resolve("elsewhere");
        Files.move(inside, outside);

        home.settings.put("freehold.secrets.key", key);
        home.restart();
        assertThat(home.security().secrets().open(sealed, "a/1").reveal()).isEqualTo("hunter2");

        home.settings.put("freehold.secrets.key.file", outside.toString());
        assertRefusesToStart("both set");

        home.settings.remove("freehold.secrets.key");
        home.restart();
        assertThat(home.security().secrets().open(sealed, "a/1").reveal()).isEqualTo("hunter2");
        assertThat(inside).doesNotExist();

        Files.setPosixFilePermissions(outside, PosixFilePermissions.fromString("rw-r--r--"));
        assertRefusesToStart("chmod 600 " + outside);

        Files.delete(outside);
        assertRefusesToStart("elsewhere cannot be read");
    }

    @Test
    void aSecretsKeyThatIsAPlaceholderIsRefusedAndNotRepeated() {
        for (String bad : new String[] {
            "change-me-please", "c2hvcnQ=", "A".repeat(43) + "=", "QUJD".repeat(10) + "QUI=", "QUJD".repeat(20)
        }) {
            home.settings.put("freehold.secrets.key", bad);
            assertThatThrownBy(home::restart)
                    .isInstanceOf(FreeholdException.class)
                    .hasMessageContaining("FREEHOLD_SECRETS_KEY")
                    .message()
                    .doesNotContain(bad);
        }
    }

    @Test
    void aSecretsKeyOfAnotherDatabaseIsRefused() {
        home.settings.put("freehold.secrets.key", "3q2+7wABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhs=");
        assertRefusesToStart("not the secrets.key");
    }

    @Test
    void aNewAccessKeyEndsOldTokensAndNothingElse() throws IOException {
        home.user("ada", null);
        Tokens tokens = home.tokens("ada");
        Files.delete(keys().resolve("access-token.key"));
        home.restart();
        assertThatThrownBy(() -> home.caller(tokens)).isInstanceOf(FreeholdException.class);
        home.caller(home.security().sessions().refresh(tokens.refreshToken(), Home.HERE));
    }

    @Test
    void secretsOpenAfterARestartInTheirOwnRowAlone() {
        String sealed = home.security().secrets().seal(Secret.of("hunter2"), "backends/1/clientKey");
        home.restart();
        assertThat(home.security()
                        .secrets()
                        .open(sealed, "backends/1/clientKey")
                        .reveal())
                .isEqualTo("hunter2");
        assertThatThrownBy(() -> home.security().secrets().open(sealed, "backends/2/clientKey"))
                .isInstanceOf(FreeholdException.class);
    }

    @Test
    void aWeakerHashIsReplacedAtTheNextGoodSignInAlone() {
        home.user("ada", null);
        String weak = new Argon2PasswordEncoder(16, 32, 1, 1024, 1).encode(Home.PASSWORD.reveal());
        home.database.tamper("UPDATE security_user SET password_hash = '" + weak + "'");
        assertThatThrownBy(() -> home.security().sessions().login("ada", Secret.of("wrong one, sorry"), Home.HERE))
                .isInstanceOf(FreeholdException.class);
        assertThat(storedHash()).isEqualTo(weak);

        home.tokens("ada");
        assertThat(storedHash()).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        home.tokens("ada");
    }

    private String storedHash() {
        return home.database.read(connection -> {
            try (var statement = connection.createStatement();
                    var rows = statement.executeQuery("SELECT password_hash FROM security_user")) {
                rows.next();
                return rows.getString(1);
            }
        });
    }

    @Test
    void noTokenOrPasswordIsInTheDatabase() throws IOException {
        home.user("ada", null);
        Tokens tokens = home.tokens("ada");
        String file = Files.readString(home.data.resolve("freehold.db"), StandardCharsets.ISO_8859_1);
        assertThat(file)
                .contains("argon2id")
                .doesNotContain(
                        Home.PASSWORD.reveal(),
                        tokens.refreshToken().reveal(),
                        tokens.accessToken().reveal(),
                        home.setupToken().reveal());
    }
}
