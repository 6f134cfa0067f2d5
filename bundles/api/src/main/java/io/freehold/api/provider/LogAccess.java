package io.freehold.api.provider;

import io.freehold.api.Subscription;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** Capability: what instances print can be read later. */
@ConsumerType
public interface LogAccess {

    /** The last lines, oldest first. */
    List<LogLine> logs(NativeId id, int tail);

    /** The last lines and then each new one, until the instance is gone or the subscription is closed. */
    Subscription follow(NativeId id, int tail, LogListener listener);
}
