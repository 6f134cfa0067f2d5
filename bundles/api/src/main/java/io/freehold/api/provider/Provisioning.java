package io.freehold.api.provider;

import io.freehold.api.form.Form;
import io.freehold.api.security.Permission;
import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/** Capability: instances can be created and deleted. */
@ConsumerType
public interface Provisioning {

    /** What this backend asks for beyond what every {@link InstanceSpec} has. Costs nothing. */
    default Form configuration() {
        return Form.of();
    }

    /**
     * The permissions that creating this takes beyond {@code instance:create}, because it reaches out of
     * the instance: a folder of the host, say. Costs nothing.
     *
     * @throws ProviderException {@code INVALID} if the specification cannot work on this backend;
     *     {@link ProviderException#field()} says which value is to blame
     */
    default Set<Permission> requires(InstanceSpec spec) {
        return Set.of();
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
