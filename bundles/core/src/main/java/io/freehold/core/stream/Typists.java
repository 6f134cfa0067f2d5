package io.freehold.core.stream;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.security.Principal;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who types into consoles just now. What a program does not read is waited for, so each has a share: nobody keeps the
 * others from typing.
 */
final class Typists {
    private static final int SHARE = 4;

    private final Map<Principal, Integer> busy = new ConcurrentHashMap<>();

    /** Runs what somebody types. */
    interface Typist {
        /**
         * Types.
         *
         * @throws FreeholdException {@code UNAVAILABLE} if as much of the same principal waits already as may; else
         *     what the typing throws
         */
        void type(Runnable typing);
    }

    Typist typist(Principal principal) {
        return typing -> {
            busy.compute(principal, (key, count) -> {
                if (count != null && count == SHARE) {
                    throw new FreeholdException(
                            ErrorCode.UNAVAILABLE,
                            SHARE + " of your consoles do not take what was typed into them yet; this was left out.");
                }
                return count == null ? 1 : count + 1;
            });
            try {
                typing.run();
            } finally {
                busy.computeIfPresent(principal, (key, count) -> count == 1 ? null : count - 1);
            }
        };
    }
}
