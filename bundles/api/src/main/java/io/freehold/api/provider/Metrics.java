package io.freehold.api.provider;

import io.freehold.api.Subscription;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ConsumerType;

/** Capability: what instances use can be measured. */
@ConsumerType
public interface Metrics {

    /**
     * Measures a running instance about once a second over one held stream; Freehold opens one per instance
     * for all who watch.
     *
     * @param ended runs once if the stream ends by itself, because the instance stopped, say
     */
    Subscription measure(NativeId id, Consumer<Sample> listener, Runnable ended);
}
