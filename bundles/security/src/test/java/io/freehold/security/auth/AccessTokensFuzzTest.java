package io.freehold.security.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import io.freehold.security.support.Randoms;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.UUID;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.junit.jupiter.params.provider.MethodSource;

/** No text is an access token but one that was issued. */
class AccessTokensFuzzTest {
    private static final long NOW = 1_800_000_000L;
    /** Under a key of this run, so that no input kept from another is good. */
    private static final AccessTokens TOKENS = new AccessTokens(
            new SecretKeySpec(new Randoms().bytes(32), "HmacSHA256"),
            Clock.fixed(Instant.ofEpochSecond(NOW), ZoneOffset.UTC));

    private static final String ISSUED =
            TOKENS.issue(new UUID(1, 1), new UUID(2, 2), (NOW + 60) * 1000).reveal();

    static Stream<String> tokens() {
        return Stream.of(
                ISSUED,
                base64("{\"alg\":\"none\",\"typ\":\"at+jwt\"}") + "." + ISSUED.split("\\.", -1)[1] + ".",
                base64("{\"alg\":\"HS256\",\"typ\":\"at+jwt\",\"crit\":[\"b64\"],\"b64\":false,\"zip\":\"DEF\"}") + ".."
                        + ISSUED.split("\\.", -1)[2],
                base64("{\"alg\":\"dir\",\"enc\":\"A128GCM\"}") + "....",
                "a.b.c.d.e");
    }

    @MethodSource("tokens")
    @FuzzTest
    void onlyWhatWasIssuedIsAToken(@NotNull String token) {
        if (!AccessTokens.plausible(token)) {
            return;
        }
        try {
            assertThat(TOKENS.verify(token).sessionId()).isEqualTo(new UUID(2, 2));
            assertThat(canonical(token)).isEqualTo(canonical(ISSUED));
        } catch (InvalidJwtException e) {
            assertThat(token).isNotEqualTo(ISSUED);
        }
    }

    /** The bytes of the signature: their Base64 is read leniently. */
    private static String canonical(String token) {
        String[] parts = token.split("\\.", 3);
        byte[] signature =
                Base64.getMimeDecoder().decode(parts[2].replace('-', '+').replace('_', '/'));
        return parts[0] + "." + parts[1] + "." + Base64.getUrlEncoder().encodeToString(signature);
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
