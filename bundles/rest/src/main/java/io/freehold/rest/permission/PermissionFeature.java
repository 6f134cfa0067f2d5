package io.freehold.rest.permission;

import io.freehold.api.rest.RequiresPermission;
import io.freehold.api.security.Authorizer;
import io.freehold.api.security.Permission;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Puts a {@link PermissionFilter} before each resource method that says what it takes. */
public final class PermissionFeature implements DynamicFeature {
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
    public void configure(ResourceInfo resource, FeatureContext context) {
        RequiresPermission required = resource.getResourceMethod().getAnnotation(RequiresPermission.class);
        if (required == null) {
            return;
        }
        if (!required.value().contains("{") && !known.containsKey(required.value())) {
            throw new IllegalArgumentException("There is no permission " + required.value());
        }
        context.register(new PermissionFilter(required.value(), authorizer, things, known), Priorities.AUTHORIZATION);
    }
}
