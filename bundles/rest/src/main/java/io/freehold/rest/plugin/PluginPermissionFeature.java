package io.freehold.rest.plugin;

import io.freehold.api.rest.RequiresPermission;
import io.freehold.api.security.Authorizer;
import io.freehold.api.security.Permission;
import io.freehold.rest.jersey.ContextParams;
import io.freehold.rest.jersey.MethodPermissions;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import java.lang.reflect.Method;
import org.glassfish.jersey.server.ApplicationHandler;
import org.glassfish.jersey.server.ContainerRequest;
import org.jspecify.annotations.Nullable;

/**
 * Lets nobody through to a plugin's method who does not hold its permission everywhere: behind a plugin's method
 * there may be no service that looks more closely. What has no permission is answered to nobody.
 */
final class PluginPermissionFeature implements MethodPermissions {
    private final String plugin;
    private final Authorizer authorizer;

    PluginPermissionFeature(String plugin, Authorizer authorizer) {
        this.plugin = plugin;
        this.authorizer = authorizer;
    }

    @Override
    public @Nullable String of(Method method) {
        RequiresPermission required = ResourceCheck.annotation(method, RequiresPermission.class);
        return required == null ? null : required.value();
    }

    @Override
    public void configure(ResourceInfo resource, FeatureContext context) {
        if (isOfJersey(resource.getResourceClass())) {
            // Jersey's own answer to OPTIONS, which tells whoever has signed in what methods there are.
            return;
        }
        String required = of(resource.getResourceMethod());
        if (required == null) {
            throw new IllegalArgumentException(resource.getResourceMethod() + " has no permission");
        }
        Permission permission = Permission.of(required);
        ContainerRequestFilter filter = request -> authorizer.require(
                ContextParams.of((ContainerRequest) request).requireCaller(), permission, "plugins/" + plugin);
        context.register(filter, Priorities.AUTHORIZATION);
    }

    private static boolean isOfJersey(Class<?> type) {
        return type.getClassLoader() == ApplicationHandler.class.getClassLoader()
                && type.getName().startsWith("org.glassfish.jersey.server.");
    }
}
