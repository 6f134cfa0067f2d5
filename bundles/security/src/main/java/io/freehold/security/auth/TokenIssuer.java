package io.freehold.security.auth;

import io.freehold.api.Secret;
import io.freehold.api.security.SessionService.Tokens;
import io.freehold.api.security.User;
import io.freehold.security.support.Randoms;
import java.time.Duration;

/** Makes what a client gets when it has signed in or refreshed. */
final class TokenIssuer {
    private final AccessTokens accessTokens;
    private final Randoms randoms;
    private final SessionTimes times;

    TokenIssuer(AccessTokens accessTokens, Randoms randoms, SessionTimes times) {
        this.accessTokens = accessTokens;
        this.randoms = randoms;
        this.times = times;
    }

    /** A new refresh token, to be stored hashed before it is handed out. */
    String refreshToken() {
        return randoms.token();
    }

    /** The tokens of a session; the access token does not outlive the session. */
    Tokens issue(User user, SessionTable.Row session, String refreshToken) {
        long now = session.lastUsedAt();
        long expiresAt = Math.min(now + times.access().toMillis(), session.expiresAt());
        return new Tokens(
                accessTokens.issue(user.id(), session.id(), expiresAt),
                Duration.ofMillis(expiresAt - now),
                Secret.of(refreshToken),
                user);
    }
}
