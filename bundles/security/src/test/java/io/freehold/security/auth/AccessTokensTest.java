package io.freehold.security.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freehold.security.rbac.Accounts;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.junit.jupiter.api.Test;

/** Tokens that are signed with the right key and wrong all the same (RFC 8725). */
class AccessTokensTest {
    private static final long NOW = 1_800_000_000L;
    private static final String HEADER = "{\"alg\":\"HS256\",\"typ\":\"at+jwt\"}";

    private final byte[] key = "0123456789abcdefghijklmnopqrstuv".getBytes(StandardCharsets.US_ASCII);
    private final SecretKey hmac = new SecretKeySpec(key, "HmacSHA256");
    private final AccessTokens tokens = new AccessTokens(hmac, Clock.fixed(Instant.ofEpochSecond(NOW), ZoneOffset.UTC));
    private final UUID user = new UUID(1, 1);
    private final UUID session = new UUID(2, 2);

    private String claims(String issuer, String audience, String subject, long issuedAt, long expiresAt) {
        return "{\"iss\":\"" + issuer + "\",\"aud\":\"" + audience + "\",\"sub\":\"" + subject + "\",\"sid\":\""
                + session + "\",\"iat\":" + issuedAt + ",\"exp\":" + expiresAt + "}";
    }

    private String good() {
        return claims("freehold", "freehold-api", user.toString(), NOW, NOW + 60);
    }

    private String sign(String header, String claims, String mac) throws Exception {
        return sign(header, claims, mac, hmac);
    }

    private static String sign(String header, String claims, String mac, SecretKey with) throws Exception {
        String content = base64(header) + "." + base64(claims);
        Mac signer = Mac.getInstance(mac);
        signer.init(with);
        byte[] signature = signer.doFinal(content.getBytes(StandardCharsets.US_ASCII));
        return content + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private void assertRefused(String header, String claims, String mac) throws Exception {
        String token = sign(header, claims, mac);
        assertThatThrownBy(() -> tokens.verify(token)).as(header + claims).isInstanceOf(InvalidJwtException.class);
    }

    @Test
    void whatItIssuesItVerifies() throws Exception {
        VerifiedToken token =
                tokens.verify(tokens.issue(user, session, (NOW + 60) * 1000).reveal());
        assertThat(token.principal()).hasToString("user:" + user);
        assertThat(token.sessionId()).isEqualTo(session);
        assertThat(token.expiresAt()).isEqualTo((NOW + 60) * 1000);
        assertThat(tokens.verify(sign(HEADER, good(), "HmacSHA256"))).isEqualTo(token);
    }

    @Test
    void anotherAlgorithmOrTypeIsRefused() throws Exception {
        assertRefused("{\"alg\":\"HS512\",\"typ\":\"at+jwt\"}", good(), "HmacSHA512");
        assertRefused("{\"alg\":\"none\",\"typ\":\"at+jwt\"}", good(), "HmacSHA256");
        assertRefused("{\"alg\":\"HS256\",\"typ\":\"JWT\"}", good(), "HmacSHA256");
        assertRefused("{\"alg\":\"HS256\"}", good(), "HmacSHA256");
        assertRefused("{\"typ\":\"at+jwt\"}", good(), "HmacSHA256");
    }

    @Test
    void claimsForAnotherPurposeAreRefused() throws Exception {
        String id = user.toString();
        assertRefused(HEADER, claims("other", "freehold-api", id, NOW, NOW + 60), "HmacSHA256");
        assertRefused(HEADER, claims("freehold", "other", id, NOW, NOW + 60), "HmacSHA256");
        assertRefused(HEADER, claims("freehold", "freehold-api", "root", NOW, NOW + 60), "HmacSHA256");
        assertRefused(HEADER, claims("freehold", "freehold-api", id, NOW - 60, NOW), "HmacSHA256");
        assertRefused(HEADER, claims("freehold", "freehold-api", id, NOW + 61, NOW + 90), "HmacSHA256");
        for (String missing : new String[] {"iss", "aud", "sub", "sid", "iat", "exp"}) {
            assertRefused(HEADER, good().replace("\"" + missing + "\"", "\"x\""), "HmacSHA256");
        }
        assertRefused(HEADER, "no json", "HmacSHA256");
    }

    @Test
    void aTokenThatIsCalledAsymmetricButSignedWithOurKeyIsRefused() throws Exception {
        for (String algorithm : new String[] {"RS256", "ES256", "PS256", "EdDSA"}) {
            assertRefused("{\"alg\":\"" + algorithm + "\",\"typ\":\"at+jwt\"}", good(), "HmacSHA256");
        }
    }

    @Test
    void noHeaderSaysWhichKeyCounts() throws Exception {
        byte[] theirs = "vutsrqponmlkjihgfedcba9876543210".getBytes(StandardCharsets.US_ASCII);
        String encoded = Base64.getUrlEncoder().withoutPadding().encodeToString(theirs);
        for (String header : new String[] {
            "\"kid\":\"../../dev/null\"",
            "\"kid\":\"' OR 1=1 --\"",
            "\"jku\":\"https://evil.example/keys\"",
            "\"x5u\":\"https://evil.example/certificate\"",
            "\"jwk\":{\"kty\":\"oct\",\"k\":\"" + encoded + "\"}"
        }) {
            String token = sign(
                    "{\"alg\":\"HS256\",\"typ\":\"at+jwt\"," + header + "}",
                    good(),
                    "HmacSHA256",
                    new SecretKeySpec(theirs, "HmacSHA256"));
            assertThatThrownBy(() -> tokens.verify(token)).as(header).isInstanceOf(InvalidJwtException.class);
        }
    }

    @Test
    void whatIsCriticalAndUnknownOrNotYetValidIsRefused() throws Exception {
        assertRefused("{\"alg\":\"HS256\",\"typ\":\"at+jwt\",\"crit\":[\"x\"],\"x\":1}", good(), "HmacSHA256");
        assertRefused(HEADER, good().replace("}", ",\"nbf\":" + (NOW + 30) + "}"), "HmacSHA256");
    }

    @Test
    void aTokenWithoutASignatureOrInMoreOrFewerPartsIsRefused() throws Exception {
        String good = sign(HEADER, good(), "HmacSHA256");
        String unsigned = good.substring(0, good.lastIndexOf('.') + 1);
        for (String bad : new String[] {
            unsigned, unsigned.substring(0, unsigned.length() - 1), good + "..", good + ".x.y", "." + good, ".."
        }) {
            assertThatThrownBy(() -> tokens.verify(bad)).as(bad).isInstanceOf(InvalidJwtException.class);
        }
    }

    @Test
    void aTokenHasOneSpelling() throws Exception {
        String good = sign(HEADER, good(), "HmacSHA256");
        tokens.verify(good);
        int end = good.lastIndexOf('.') + 1;
        String others = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        String last = good.substring(0, good.length() - 1)
                + others.charAt(others.indexOf(good.charAt(good.length() - 1)) + 1);
        for (String bad : new String[] {
            good + "!",
            good + "==",
            good + "\u00e9",
            good + " ",
            last,
            good.substring(0, end) + "!" + good.substring(end)
        }) {
            assertThatThrownBy(() -> tokens.verify(bad)).as(bad).isInstanceOf(InvalidJwtException.class);
        }
        assertRefused(HEADER, good().replaceFirst("\"exp\":\\d+", "\"exp\":1e30"), "HmacSHA256");
    }

    @Test
    void anotherKeyIsRefused() throws Exception {
        AccessTokens others = new AccessTokens(
                new SecretKeySpec(new byte[32], "HmacSHA256"), Clock.fixed(Instant.ofEpochSecond(NOW), ZoneOffset.UTC));
        String token = others.issue(user, session, (NOW + 60) * 1000).reveal();
        assertThatThrownBy(() -> tokens.verify(token)).isInstanceOf(InvalidJwtException.class);
    }

    @Test
    void whatWasVerifiedIsRememberedWithinBounds() {
        Clock clock = Clock.fixed(Instant.ofEpochSecond(NOW), ZoneOffset.UTC);
        VerifiedTokens verified = new VerifiedTokens(100, clock);
        VerifiedToken token = new VerifiedToken(Accounts.principal(user), session, NOW * 1000, (NOW + 60) * 1000);
        for (int i = 0; i < 1000; i++) {
            verified.remember("token" + i, token);
        }
        assertThat(verified.size()).isLessThanOrEqualTo(100);
        assertThat(verified.find("token999")).isEqualTo(token);
        assertThat(verified.find("other")).isNull();
        verified.remember("old", new VerifiedToken(token.principal(), session, NOW * 1000, NOW * 1000));
        assertThat(verified.find("old")).isNull();
    }
}
