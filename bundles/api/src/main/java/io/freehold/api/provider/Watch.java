package io.freehold.api.provider;

import io.freehold.api.Subscription;
import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Capability: the backend pushes changes as they happen. Without it Freehold asks for all instances every
 * few seconds.
 */
@ConsumerType
public interface Watch {

    /**
     * Reports every change from now on to the observer. The provider reconnects by itself when the stream
     * breaks, and says both.
     */
    Subscription watch(Observer observer);

    /** Where changes are reported, from any thread; calls are short. */
    @ProviderType
    interface Observer {

        /** An instance is new or has changed. */
        void changed(ObservedInstance instance);

        /** An instance is gone. */
        void removed(NativeId id);

        /** The stream broke: what happens now is not seen. */
        void lost(ProviderException cause);

        /** The stream stands again, after {@link #lost} or for the first time: Freehold reads everything anew. */
        void restored();
    }
}
