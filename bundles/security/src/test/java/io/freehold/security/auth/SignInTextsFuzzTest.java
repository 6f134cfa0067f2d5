package io.freehold.security.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.Secret;
import io.freehold.security.support.Cursors;
import io.freehold.security.support.Names;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.bouncycastle.util.encoders.Base32;
import org.junit.jupiter.params.provider.ValueSource;

/** Codes, names, cursors and addresses of who signs in: read, or refused as invalid; a code is six digits. */
class SignInTextsFuzzTest {
    private static final Secret SECRET =
            Secret.of(Base32.toBase32String("12345678901234567890".getBytes(StandardCharsets.US_ASCII)));
    private static final long NOW = 59_000;

    private final TotpCodes codes = new TotpCodes();

    @ValueSource(
            strings = {
                "287082",
                "94287082",
                "alice@example.org",
                "fe80::1%eth0",
                "::ffff:10.0.0.1",
                "[::1]",
                "1:2",
                "-1",
                "00000000-0000-0000-0000-000000000001"
            })
    @FuzzTest
    void textIsReadOrRefused(@NotNull String text) {
        OptionalLong step = codes.step(SECRET, Secret.of(text), -1, NOW);
        if (step.isPresent()) {
            assertThat(text).matches("[0-9]{6}");
            assertThat(codes.step(SECRET, Secret.of(text), step.getAsLong(), NOW))
                    .isEmpty();
        }
        assertThat(SecondFactor.recoveryHash(Secret.of(text))).matches("[0-9a-f]{64}");
        assertThat(Source.of(text).key()).hasSizeLessThanOrEqualTo(64);
        if (accepted(() -> Usernames.check(text, null))) {
            assertThat(URI.create(TotpCodes.uri(SECRET, text).reveal()).getPath())
                    .isEqualTo("/Freehold:" + text);
            assertThat(Usernames.key(Usernames.key(text))).isEqualTo(Usernames.key(text));
        }
        accepted(() -> Usernames.checkEmail(text));
        accepted(() -> assertThat(Names.check(text)).isEqualTo(Names.check(Names.check(text))));
        assertThat(Names.key(Names.key(text))).isEqualTo(Names.key(text));
        accepted(() -> assertThat(Cursors.number(text, 0)).isEqualTo(Long.parseLong(text)));
        accepted(() -> assertThat(Cursors.id(Cursors.id(text))).isEqualTo(Cursors.id(text)));
    }

    private static boolean accepted(Runnable reading) {
        try {
            reading.run();
            return true;
        } catch (FreeholdException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.INVALID);
            return false;
        }
    }
}
