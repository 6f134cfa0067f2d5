package io.freehold.security.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.Secret;
import io.freehold.security.support.Randoms;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class SealedSecretsTest {
    private static final String ROW = "backends/1/clientKey";
    private static final Secret SECRET = Secret.of("-----BEGIN KEY-----\n\u00e4\n");

    private final Randoms randoms = new Randoms();
    private final SealedSecrets secrets = new SealedSecrets(randoms.bytes(32), randoms);

    private void assertClosed(String sealed, String row, String says) {
        assertThatThrownBy(() -> secrets.open(sealed, row)).isInstanceOfSatisfying(FreeholdException.class, refusal -> {
            assertThat(refusal.code()).isEqualTo(ErrorCode.INTERNAL);
            assertThat(refusal).hasMessageContaining(says);
        });
    }

    @Test
    void whatWasSealedOpensInItsRowAlone() {
        String sealed = secrets.seal(SECRET, ROW);
        assertThat(sealed).startsWith("v2.").doesNotContain("BEGIN");
        assertThat(secrets.open(sealed, ROW)).isEqualTo(SECRET);
        assertClosed(sealed, "backends/2/clientKey", "belongs to something else");
        assertClosed(sealed, "", "belongs to something else");
    }

    @Test
    void theSameSecretNeverLooksTheSame() {
        assertThat(secrets.seal(SECRET, ROW)).isNotEqualTo(secrets.seal(SECRET, ROW));
    }

    @Test
    void oneChangedBitIsFoundInTheDataKeyAndInTheSecret() {
        for (int part = 2; part <= 3; part++) {
            String[] parts = secrets.seal(SECRET, ROW).split("\\.", -1);
            byte[] bytes = Base64.getUrlDecoder().decode(parts[part]);
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] ^= 1;
                parts[part] = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
                bytes[i] ^= 1;
                assertClosed(String.join(".", parts), ROW, "changed");
            }
        }
    }

    @Test
    void aSecretDoesNotOpenWithTheDataKeyOfAnother() {
        String[] one = secrets.seal(SECRET, ROW).split("\\.", -1);
        String[] other = secrets.seal(SECRET, ROW).split("\\.", -1);
        assertClosed("v2." + one[1] + "." + other[2] + "." + one[3], ROW, "changed");
        assertClosed("v2." + one[1] + "." + one[2] + "." + one[2], ROW, "changed");
    }

    @Test
    void whatTheFirstFormatSealedStillOpensInItsRowAlone() {
        byte[] key = new byte[32];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) i;
        }
        SealedSecrets old = new SealedSecrets(key, randoms);
        String sealed = "v1.630dcd2966c43366.ZGVmZ2hpamtsbW5vIG6wEhybZC8A_m0_EnqY1CezkOWtdHU";
        assertThat(old.open(sealed, "backends/1/key")).isEqualTo(Secret.of("hunter2"));
        assertThatThrownBy(() -> old.open(sealed, "backends/2/key")).isInstanceOf(FreeholdException.class);
    }

    @Test
    void whatIsNoSealedSecretIsRefusedPlainly() {
        String[] parts = secrets.seal(SECRET, ROW).split("\\.", -1);
        assertClosed("", ROW, "unknown format");
        assertClosed("plain text", ROW, "unknown format");
        assertClosed("v3." + parts[1] + "." + parts[2] + "." + parts[3], ROW, "unknown format");
        assertClosed("v2." + parts[1] + "." + parts[2], ROW, "unknown format");
        assertClosed("v1." + parts[1] + "." + parts[3], ROW, "changed");
        assertClosed("v1." + parts[1] + ".!", ROW, "changed");
        assertClosed("v2." + parts[1] + ".!." + parts[3], ROW, "changed");
        assertClosed("v2." + parts[1] + "..", ROW, "changed");
        assertClosed("v2." + parts[1] + ".AAAA.AAAA", ROW, "changed");
        String others = new SealedSecrets(randoms.bytes(32), randoms).seal(SECRET, ROW);
        assertClosed(others, ROW, "another key");
    }
}
