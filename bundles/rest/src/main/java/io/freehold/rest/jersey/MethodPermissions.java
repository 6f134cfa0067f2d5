package io.freehold.rest.jersey;

import jakarta.ws.rs.container.DynamicFeature;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** Puts a check before each resource method that takes a permission, and says which it takes. */
public interface MethodPermissions extends DynamicFeature {
    /** The permission of a method, perhaps with names of path parameters in braces; null if it has none. */
    @Nullable
    String of(Method method);
}
