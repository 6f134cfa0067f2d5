package io.freehold.security.auth;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.Secret;
import io.freehold.security.rbac.Accounts;
import java.time.Clock;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.crypto.SecretKey;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.ErrorCodeValidator;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.lang.JoseException;

/**
 * Access tokens: JWTs of the type {@code at+jwt} (RFC 9068) under HS256 and nothing else, checked as
 * RFC 8725 asks. They say who and in which session; what is allowed is not in them.
 */
final class AccessTokens {
    private static final String TYPE = "at+jwt";
    private static final String ISSUER = "freehold";
    private static final String AUDIENCE = "freehold-api";
    private static final String SESSION = "sid";
    private static final int MAX_LENGTH = 2048;
    /** The one spelling of a token: the library reads Base64 with strange characters, too. Two bits of 43 characters are none. */
    private static final Pattern FORM =
            Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]");

    private final SecretKey key;
    private final Clock clock;

    AccessTokens(SecretKey key, Clock clock) {
        this.key = key;
        this.clock = clock;
    }

    /** Issues one that holds until the given time in milliseconds, rounded down to the second. */
    Secret issue(UUID userId, UUID sessionId, long expiresAt) {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(ISSUER);
        claims.setAudience(AUDIENCE);
        claims.setSubject(userId.toString());
        claims.setStringClaim(SESSION, sessionId.toString());
        claims.setIssuedAt(NumericDate.fromMilliseconds(clock.millis()));
        claims.setExpirationTime(NumericDate.fromMilliseconds(expiresAt));
        claims.setGeneratedJwtId();
        JsonWebSignature signature = new JsonWebSignature();
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
        signature.setHeader("typ", TYPE);
        signature.setKey(key);
        signature.setPayload(claims.toJson());
        try {
            return Secret.of(signature.getCompactSerialization());
        } catch (JoseException e) {
            throw new FreeholdException(ErrorCode.INTERNAL, "An access token could not be signed.", e);
        }
    }

    /**
     * Reads a token that this installation signed and that has not expired.
     *
     * @throws InvalidJwtException if it is anything else
     */
    VerifiedToken verify(String token) throws InvalidJwtException {
        long now = clock.millis();
        JwtConsumer consumer = new JwtConsumerBuilder()
                .setJwsAlgorithmConstraints(
                        new AlgorithmConstraints(ConstraintType.PERMIT, AlgorithmIdentifiers.HMAC_SHA256))
                .setExpectedType(true, TYPE)
                .setExpectedIssuer(ISSUER)
                .setExpectedAudience(AUDIENCE)
                .setRequireSubject()
                .setRequireExpirationTime()
                .setRequireIssuedAt()
                .setEvaluationTime(NumericDate.fromMilliseconds(now))
                .setVerificationKey(key)
                .build();
        try {
            if (!FORM.matcher(token).matches()) {
                throw new MalformedClaimException("spelled otherwise than Freehold does");
            }
            JwtClaims claims = consumer.processToClaims(token);
            if (!claims.hasClaim(SESSION)) {
                throw new MalformedClaimException("no session");
            }
            VerifiedToken said = new VerifiedToken(
                    Accounts.principal(UUID.fromString(claims.getSubject())),
                    UUID.fromString(claims.getStringClaimValue(SESSION)),
                    claims.getIssuedAt().getValueInMillis(),
                    claims.getExpirationTime().getValueInMillis());
            if (said.isAheadOf(now)) {
                throw new MalformedClaimException("issued in the future");
            }
            return said;
        } catch (MalformedClaimException | IllegalArgumentException | ArithmeticException e) {
            throw new InvalidJwtException(
                    "A claim is missing or malformed",
                    new ErrorCodeValidator.Error(ErrorCodes.MISCELLANEOUS, e.getMessage()),
                    e,
                    null);
        }
    }

    /** Whether it is worth looking at. */
    static boolean plausible(String token) {
        return token.length() <= MAX_LENGTH;
    }
}
