package io.freehold.rest.stream;

import io.freehold.api.security.Access;
import io.freehold.api.security.Authenticator;
import io.freehold.api.security.Authorizer;
import io.freehold.api.security.Caller;
import io.freehold.rest.limit.Allowance;
import java.util.function.LongFunction;
import java.util.function.Predicate;

/** Makes event streams for resources. */
public final class EventStreams {
    private static final int CAPACITY_BYTES = 1 << 20;

    private final Authenticator authenticator;
    private final Authorizer authorizer;
    private final LiveConnections connections;
    private final Allowance allowance;

    /**
     * @param allowance how many streams each principal may have
     */
    public EventStreams(
            Authenticator authenticator, Authorizer authorizer, LiveConnections connections, Allowance allowance) {
        this.authenticator = authenticator;
        this.authorizer = authorizer;
        this.connections = connections;
        this.allowance = allowance;
    }

    /** Watches over what the caller opened. */
    public Guard guard(Caller caller, Predicate<Access> allowed) {
        return new Guard(authenticator, authorizer, caller, allowed);
    }

    /**
     * A stream to answer with. What makes its events may send to it at once.
     *
     * @param allowed what the caller must go on holding
     * @param onLoss makes the frame that says how many frames were dropped
     * @throws io.freehold.api.FreeholdException {@code RATE_LIMITED} if the caller has as many as may be
     */
    public SseConnection open(Caller caller, Predicate<Access> allowed, LongFunction<byte[]> onLoss) {
        return new SseConnection(
                guard(caller, allowed), connections, allowance.enter(caller.principal()), CAPACITY_BYTES, onLoss);
    }
}
