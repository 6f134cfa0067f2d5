package io.freehold.security.auth;

import java.time.Clock;
import java.time.Duration;

/**
 * Limits guessing passwords: 10 failures per account and 50 per source within 15 minutes. A source from
 * which the account has signed in before counts by itself, so that guessing from elsewhere does not lock
 * the owner out. Names that nobody has are counted like others.
 */
final class SignInLimits {
    static final Duration WINDOW = Duration.ofMinutes(15);
    static final int PER_ACCOUNT = 10;
    static final int PER_SOURCE = 50;

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final AttemptLimit accounts;
    private final AttemptLimit sources;

    SignInLimits(Clock clock) {
        this.accounts = new AttemptLimit(PER_ACCOUNT, WINDOW, PATIENCE, clock);
        this.sources = new AttemptLimit(PER_SOURCE, WINDOW, PATIENCE, clock);
    }

    /**
     * Lets an attempt in.
     *
     * @param known whether the account has signed in from that source before
     * @throws io.freehold.api.FreeholdException {@code RATE_LIMITED}
     */
    AttemptLimit.Attempt begin(String usernameKey, Source source, boolean known) {
        if (known) {
            return accounts.begin(usernameKey + "\n" + source.key());
        }
        AttemptLimit.Attempt ofSource = sources.begin(source.key());
        return new Both(ofSource, ofSource.run(() -> accounts.begin(usernameKey)));
    }

    /**
     * Lets an attempt of somebody in who is signed in and is asked for a secret again: 10 failures per session, wherever
     * they come from, since a thief of a token has many addresses. It counts apart from strangers, whose guesses must not
     * keep the owner out.
     *
     * @throws io.freehold.api.FreeholdException {@code RATE_LIMITED}
     */
    AttemptLimit.Attempt beginAgain(String usernameKey, String session) {
        return accounts.begin(usernameKey + "\n" + session);
    }

    /** Forgets the failures of an account, wherever they came from. */
    void forget(String usernameKey) {
        accounts.forget(key -> key.equals(usernameKey) || key.startsWith(usernameKey + "\n"));
    }

    private record Both(AttemptLimit.Attempt one, AttemptLimit.Attempt other) implements AttemptLimit.Attempt {
        @Override
        public void failed() {
            one.failed();
            other.failed();
        }

        @Override
        public void passed() {
            one.passed();
            other.passed();
        }
    }
}
