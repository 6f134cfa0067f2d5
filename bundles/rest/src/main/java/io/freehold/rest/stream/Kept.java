package io.freehold.rest.stream;

import io.freehold.api.instance.Instance;
import io.freehold.api.instance.InstanceService;
import io.freehold.api.security.Access;
import io.freehold.api.security.Permission;
import io.freehold.api.security.Permissions;
import io.freehold.api.security.Scope;
import java.util.List;
import java.util.function.Predicate;

/**
 * Whether a permission on an instance is still held: at the scopes that the instance is in now, because it may be
 * given to another project while somebody has it open; once it is gone, at those that it was in.
 *
 * @param instance as it was when it was opened
 */
public record Kept(Permission permission, Instance instance, InstanceService instances) implements Predicate<Access> {
    /** What a console takes: one of an instance that is not Freehold's own takes a permission more. */
    public static Predicate<Access> console(Instance instance, InstanceService instances) {
        Predicate<Access> console = new Kept(Permissions.INSTANCE_CONSOLE, instance, instances);
        return instance.managed()
                ? console
                : console.and(new Kept(Permissions.INSTANCE_MANAGE_EXTERNAL, instance, instances));
    }

    @Override
    public boolean test(Access access) {
        List<Scope> now = instances.scopes(instance.id());
        return access.allows(permission, now.isEmpty() ? instance.scopes() : now);
    }
}
