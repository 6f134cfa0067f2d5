package io.freehold.api.instance;

import io.freehold.api.FreeholdException;
import io.freehold.api.Page;
import io.freehold.api.operation.Operation;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Scope;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Lists and changes instances on behalf of a caller. Reads come from the inventory and never reach a
 * backend. Every write is authorized, recorded in the audit log and answered with a persisted operation
 * that then runs on its own.
 *
 * <p>What a caller may not see is {@code NOT_FOUND}; what it may see but not do is {@code DENIED}.
 */
@ProviderType
public interface InstanceService {

    /** The instances that the caller may see. */
    Page<Instance> list(Caller caller, InstanceQuery query);

    /**
     * A number that differs whenever {@link #list} could answer the caller differently: it changes with the
     * inventory and with the caller's permissions. Costs nothing.
     */
    long revision(Caller caller);

    /**
     * @throws FreeholdException {@code NOT_FOUND}
     */
    Instance get(Caller caller, UUID id);

    /**
     * The scopes that an instance is in now; empty if there is none. For watching over what a caller has open: asks no
     * permission, costs nothing.
     */
    List<Scope> scopes(UUID id);

    /**
     * Creates an instance.
     *
     * @param idempotencyKey what makes a repeated request answer the first operation; null for none
     * @throws FreeholdException {@code INVALID} naming the fields; {@code NOT_FOUND} if there is no such
     *     backend or project; {@code DENIED}; {@code CONFLICT} if the key was used for another request, or
     *     ({@code QUOTA_EXCEEDED}) the project has no room for it; {@code UNAVAILABLE} if the backend's provider is
     *     not there
     */
    Operation create(Caller caller, NewInstance request, @Nullable String idempotencyKey);

    /**
     * Does something with an instance: {@code start}, {@code stop}, {@code restart}, {@code kill},
     * {@code pause}, {@code resume}.
     *
     * @param arguments {@code timeoutSeconds} for stop and restart: how long to wait before killing
     * @throws FreeholdException as {@link #create}; {@code CONFLICT} if the backend cannot do that, or
     *     ({@code INSTANCE_BUSY}) another operation runs on the instance, which {@code kill} alone passes
     */
    Operation act(
            Caller caller, UUID id, String action, Map<String, Object> arguments, @Nullable String idempotencyKey);

    /**
     * Gives an instance to a project, or to none. It takes {@code instance:update} at the instance and at the project
     * that it comes to, or where there is none at its backend; and whoever moves it must not come to hold more on it.
     *
     * @param projectId null for none
     * @throws FreeholdException {@code NOT_FOUND} if the caller may not see the instance or the project;
     *     {@code DENIED}; {@code INVALID} naming {@code projectId} if there is no such project; {@code CONFLICT},
     *     {@code QUOTA_EXCEEDED}, if the project has no room for it
     */
    Instance move(Caller caller, UUID id, @Nullable UUID projectId);

    /** Deletes an instance, running or not, with what belongs to it alone. Throws as {@link #act}. */
    Operation delete(Caller caller, UUID id, @Nullable String idempotencyKey);
}
