package io.freehold.security.auth;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.Secret;
import io.freehold.api.security.Caller;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/** One token for each session against forged requests, made of the session's id with the key of access tokens. */
final class CsrfTokens {
    private static final String MAC = "HmacSHA256";
    /** Keeps these apart from everything else that is made with the key. */
    private static final String PURPOSE = "csrf\n";

    private final SecretKey key;

    CsrfTokens(SecretKey key) {
        this.key = key;
    }

    Secret of(Caller caller) {
        if (caller.sessionId() == null) {
            throw new FreeholdException(ErrorCode.DENIED, "This is for who has signed in with a password.");
        }
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(key);
            byte[] token = mac.doFinal((PURPOSE + caller.sessionId()).getBytes(StandardCharsets.UTF_8));
            return Secret.of(Base64.getUrlEncoder().withoutPadding().encodeToString(token));
        } catch (GeneralSecurityException e) {
            throw new FreeholdException(ErrorCode.INTERNAL, "A token could not be made.", e);
        }
    }
}
