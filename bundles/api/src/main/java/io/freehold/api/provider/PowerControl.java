package io.freehold.api.provider;

import java.time.Duration;
import org.osgi.annotation.versioning.ConsumerType;

/** Capability: instances can be started and stopped. Each method returns when it is so. */
@ConsumerType
public interface PowerControl {

    /** Starts an instance; one that runs already is fine. */
    void start(NativeId id, OperationContext context);

    /** Asks an instance to stop and kills it when {@code grace} is over; one that does not run is fine. */
    void stop(NativeId id, Duration grace, OperationContext context);

    /** Stops an instance as {@link #stop} does and starts it again. */
    default void restart(NativeId id, Duration grace, OperationContext context) {
        stop(id, grace, context);
        start(id, context);
    }

    /** Ends an instance at once; one that does not run is fine. May come while another call works on it. */
    default void kill(NativeId id, OperationContext context) {
        stop(id, Duration.ZERO, context);
    }
}
