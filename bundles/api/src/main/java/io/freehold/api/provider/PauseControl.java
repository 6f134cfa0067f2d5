package io.freehold.api.provider;

import org.osgi.annotation.versioning.ConsumerType;

/** Capability: instances can be frozen with their memory kept, and go on later. */
@ConsumerType
public interface PauseControl {

    /** Freezes a running instance; one that is frozen is fine. */
    void pause(NativeId id, OperationContext context);

    /** Lets a frozen instance go on; one that runs is fine. */
    void resume(NativeId id, OperationContext context);
}
