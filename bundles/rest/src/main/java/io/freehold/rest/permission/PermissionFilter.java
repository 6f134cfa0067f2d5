package io.freehold.rest.permission;

import io.freehold.api.security.Authorizer;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Permission;
import io.freehold.rest.jersey.ContextParams;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.glassfish.jersey.server.ContainerRequest;
import org.jspecify.annotations.Nullable;

/**
 * Refuses who holds a method's permission nowhere, before the body is looked at: 404 if the thing that the path
 * names is not one that the caller may know of, else 403. The attempt is in the audit log then. Who holds the
 * permission somewhere is for the service to decide on.
 */
final class PermissionFilter implements ContainerRequestFilter {
    private final String required;
    private final Authorizer authorizer;
    private final Things things;
    private final Map<String, Permission> known;

    /**
     * @param required the permission, perhaps with names of path parameters in braces
     */
    PermissionFilter(String required, Authorizer authorizer, Things things, Map<String, Permission> known) {
        this.required = required;
        this.authorizer = authorizer;
        this.things = things;
        this.known = known;
    }

    @Override
    public void filter(ContainerRequestContext context) {
        ContainerRequest request = (ContainerRequest) context;
        Permission permission = permission(request);
        Caller caller = ContextParams.of(request).requireCaller();
        if (permission == null || authorizer.access(caller).allowsSomewhere(permission)) {
            return;
        }
        refuse(caller, permission, request);
    }

    private @Nullable Permission permission(ContainerRequest request) {
        String name = required;
        for (var parameter : request.getUriInfo().getPathParameters().entrySet()) {
            name = name.replace(
                    "{" + parameter.getKey() + "}", parameter.getValue().get(0));
        }
        return known.get(name);
    }

    private void refuse(Caller caller, Permission permission, ContainerRequest request) {
        List<String> path = Arrays.stream(request.getPath(true).split("/", -1))
                .filter(segment -> !segment.isEmpty())
                .toList();
        // Where no parameter is, such as in users/import, the path is about no thing of its own.
        boolean named = !request.getUriInfo().getPathParameters().isEmpty();
        Optional<Things.Thing> thing = named ? things.find(path) : Optional.empty();
        if (thing.isPresent() && !things.isVisible(thing.get(), caller)) {
            // Without the permission itself nothing is seen: NOT_FOUND, once it is recorded.
            authorizer.require(
                    caller,
                    permission,
                    permission,
                    List.of(),
                    thing.get().what(),
                    thing.get().resource());
        } else {
            authorizer.require(
                    caller, permission, thing.map(Things.Thing::resource).orElse(path.get(0)));
        }
        // It was granted between the two looks: the service decides.
    }
}
