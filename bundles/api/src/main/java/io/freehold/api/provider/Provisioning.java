package io.freehold.api.provider;

import io.freehold.api.admission.Demand;
import io.freehold.api.form.Form;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** Capability: instances can be created and deleted. */
@ConsumerType
public interface Provisioning {

    /** What this backend asks for beyond what every {@link InstanceSpec} has. Costs nothing. */
    default Form configuration() {
        return Form.of();
    }

    /**
     * What creating this asks of the host: folders, devices, privileges. Translate what will really be sent to the backend,
     * in full, and from the same place that {@link #create} takes it from; name what you do not know
     * {@link Demand.Other}. Freehold refuses what is neither allowed by a policy nor covered by the permission
     * {@code instance:host-access}, and asks again right before it creates. Costs nothing.
     *
     * @throws ProviderException {@code INVALID} if the specification cannot work on this backend;
     *     {@link ProviderException#field()} says which value is to blame
     */
    default List<Demand> demands(InstanceSpec spec) {
        return List.of();
    }

    /**
     * Creates an instance, stopped. Leaves nothing behind when it fails.
     *
     * @return the new instance's id
     * @throws ProviderException {@code CONFLICT} if the name is taken, {@code NOT_FOUND} if there is no such
     *     template, {@code INVALID}, …
     */
    NativeId create(InstanceSpec spec, OperationContext context);

    /** Deletes an instance, running or not, with what belongs to it alone; one that is gone is fine. */
    void delete(NativeId id, OperationContext context);
}
