package io.freehold.rest.permission;

import io.freehold.api.rest.RequiresPermission;
import io.freehold.api.security.Authorizer;
import io.freehold.api.security.Permission;
import io.freehold.rest.jersey.MethodPermissions;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Puts a {@link PermissionFilter} before each resource method that says what it takes. */
public final class PermissionFeature implements MethodPermissions {
    private final Authorizer authorizer;
    private final Things things;
    private final Map<String, Permission> known;

    /**
     * @param things which things a caller may know of
     * @param known every permission that there is
     */
    public PermissionFeature(Authorizer authorizer, Things things, Collection<Permission> known) {
        this.authorizer = authorizer;
        this.things = things;
        this.known = known.stream().collect(Collectors.toUnmodifiableMap(Permission::toString, Function.identity()));
    }

    @Override
    public @Nullable String of(Method method) {
        RequiresPermission required = method.getAnnotation(RequiresPermission.class);
        return required == null ? null : required.value();
    }

    @Override
    public void configure(ResourceInfo resource, FeatureContext context) {
        String required = of(resource.getResourceMethod());
        if (required == null) {
            return;
        }
        if (!required.contains("{") && !known.containsKey(required)) {
            throw new IllegalArgumentException("There is no permission " + required);
        }
        context.register(new PermissionFilter(required, authorizer, things, known), Priorities.AUTHORIZATION);
    }
}
