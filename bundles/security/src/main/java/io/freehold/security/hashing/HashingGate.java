package io.freehold.security.hashing;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Lets few hash at a time, so that a storm of sign-ins takes neither all processors nor all memory. One
 * place is kept for those who come from where the account has signed in before. Who would wait too long is
 * sent away. Those who are signed in and set passwords of others have a place of their own, where they wait
 * their turn: they take none from those who sign in.
 */
public final class HashingGate {
    private static final int WAITING_PER_PLACE = 16;
    /** So many may wait to set a password; their threads are those of sign-ins, who must find some. */
    private static final int MOST_SETTING = 24;

    private static final Duration PATIENCE_OF_SETTING = Duration.ofSeconds(30);

    private final Semaphore open;
    private final Semaphore kept = new Semaphore(1, true);
    private final Semaphore setting = new Semaphore(1, true);
    private final int maxWaiting;
    private final Duration patience;

    /**
     * Makes a gate.
     *
     * @param places how many may hash at a time, beside the one that is kept
     * @param patience how long somebody waits at the most
     */
    public HashingGate(int places, Duration patience) {
        this.open = new Semaphore(places, true);
        this.maxWaiting = places * WAITING_PER_PLACE;
        this.patience = patience;
    }

    /**
     * Does the work when there is a place.
     *
     * @param preferred whether it may use the place that is kept
     * @throws FreeholdException {@code RATE_LIMITED} if there was none in time
     */
    <T> T pass(boolean preferred, Supplier<T> work) {
        return in(enter(preferred), work);
    }

    /**
     * Does the work of somebody who is signed in and sets a password when it is their turn.
     *
     * @throws FreeholdException {@code RATE_LIMITED} if too many wait
     */
    <T> T passInTurn(Supplier<T> work) {
        try {
            if (setting.getQueueLength() < MOST_SETTING
                    && setting.tryAcquire(PATIENCE_OF_SETTING.toMillis(), TimeUnit.MILLISECONDS)) {
                return in(setting, work);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw FreeholdException.retryLater(
                ErrorCode.RATE_LIMITED,
                "PASSWORDS_BUSY",
                "Too many passwords are being set at this moment. Try again shortly.",
                Duration.ofSeconds(1));
    }

    private static <T> T in(Semaphore place, Supplier<T> work) {
        try {
            return work.get();
        } finally {
            place.release();
        }
    }

    private Semaphore enter(boolean preferred) {
        if (open.tryAcquire()) {
            return open;
        }
        Semaphore wanted = preferred ? kept : open;
        try {
            if (wanted.getQueueLength() < maxWaiting && wanted.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return wanted;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw FreeholdException.retryLater(
                ErrorCode.RATE_LIMITED,
                "SIGN_IN_BUSY",
                "Too many are signing in at this moment. Try again shortly.",
                Duration.ofSeconds(1));
    }
}
