package io.freehold.rest.limit;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.Subscription;
import io.freehold.api.security.Principal;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How many of one sort of connections each principal may have open at a time. */
public final class Allowance {
    private final String what;
    private final int most;
    private final Map<Principal, Integer> open = new ConcurrentHashMap<>();

    /**
     * @param what they are, such as {@code consoles}
     */
    public Allowance(String what, int most) {
        this.what = what;
        this.most = most;
    }

    /**
     * Counts one more, until what is answered is closed; that is to happen once.
     *
     * @throws FreeholdException {@code RATE_LIMITED} if there are as many as may be
     */
    public Subscription enter(Principal principal) {
        open.compute(principal, (who, count) -> {
            int others = count == null ? 0 : count;
            if (others >= most) {
                throw new FreeholdException(
                        ErrorCode.RATE_LIMITED,
                        "TOO_MANY_" + what.toUpperCase(Locale.ROOT),
                        "You have " + most + " " + what + " open, which is as many as there may be: close some.");
            }
            return others + 1;
        });
        return () -> open.computeIfPresent(principal, (who, count) -> count == 1 ? null : count - 1);
    }

    int principals() {
        return open.size();
    }
}
