package io.freehold.rest.plugin;

import io.freehold.api.FreeholdException;
import io.freehold.api.rest.RequiresPermission;
import io.freehold.api.security.Permission;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.MessageBodyWriter;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.WriterInterceptor;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.glassfish.jersey.uri.UriComponent;
import org.jspecify.annotations.Nullable;

/** What a plugin's resource must and must not be, so that it is served. */
final class ResourceCheck {
    /** What the API itself answers under a plugin's path. */
    private static final Set<String> RESERVED = Set.of("enable", "disable", "rollback");

    private static final Set<String> CLIMBING = Set.of(".", "..");

    private static final List<Class<?>> EXTENSIONS = List.of(
            ContainerRequestFilter.class,
            ContainerResponseFilter.class,
            DynamicFeature.class,
            Feature.class,
            ExceptionMapper.class,
            MessageBodyReader.class,
            MessageBodyWriter.class,
            ReaderInterceptor.class,
            WriterInterceptor.class);

    private ResourceCheck() {}

    /**
     * Whether no plugin answers a request, whatever its templates match: it is the API's own, names nothing, or climbs.
     *
     * @param path what comes after a plugin's own path, as it was sent
     */
    static boolean isReserved(String path) {
        List<String> segments = Arrays.stream(path.split("/", -1))
                .map(segment -> segment.split(";", 2)[0])
                .map(ResourceCheck::decoded)
                .toList();
        String first = segments.stream()
                .filter(segment -> !segment.isEmpty())
                .findFirst()
                .orElse("");
        return first.isEmpty() || RESERVED.contains(first) || segments.stream().anyMatch(CLIMBING::contains);
    }

    private static String decoded(String segment) {
        return segment.indexOf('%') < 0 ? segment : UriComponent.decode(segment, UriComponent.Type.PATH_SEGMENT);
    }

    /**
     * Why the class is not served; empty if it can be.
     *
     * @param declared whether there is such a permission
     */
    static List<String> problems(Class<?> resource, Predicate<Permission> declared) {
        String name = resource.getSimpleName();
        Path path = resource.getAnnotation(Path.class);
        if (path == null) {
            return List.of("Its resource " + name + " has no @Path.");
        }
        Optional<Class<?>> extension = EXTENSIONS.stream()
                .filter(type -> type.isAssignableFrom(resource))
                .findFirst();
        if (extension.isPresent()) {
            return List.of("Its resource " + name + " is a " + extension.get().getSimpleName()
                    + " too; plugins bring resources alone.");
        }
        return methods(resource)
                .flatMap(method -> problem(path, method, declared).stream())
                .map(problem -> "Its resource " + name + problem)
                .toList();
    }

    private static Optional<String> problem(Path path, Method method, Predicate<Permission> declared) {
        Path own = annotation(method, Path.class);
        boolean verb = hasVerb(method);
        String called = "." + method.getName();
        if (own != null && !verb) {
            return Optional.of(called + " hands over to another resource, whose permissions cannot be seen.");
        }
        if (!verb) {
            return Optional.empty();
        }
        String first = Stream.of((path.value() + "/" + (own == null ? "" : own.value())).split("/"))
                .filter(segment -> !segment.isEmpty())
                .findFirst()
                .orElse("");
        if (first.isEmpty() || RESERVED.contains(first) || CLIMBING.contains(first)) {
            return Optional.of(called + " is at the path '" + first + "', which is not a plugin's to have.");
        }
        RequiresPermission required = annotation(method, RequiresPermission.class);
        if (required == null) {
            return Optional.of(called + " has no @RequiresPermission.");
        }
        try {
            Permission permission = Permission.of(required.value());
            return declared.test(permission)
                    ? Optional.empty()
                    : Optional.of(called + " requires '" + permission + "', which nobody could ever hold: declare it by"
                            + " @DeclaresPermission(\"" + permission + "\") on a class of the plugin.");
        } catch (FreeholdException e) {
            return Optional.of(
                    called + " requires '" + required.value() + "', which is not of the form resource:verb.");
        }
    }

    private static Stream<Method> methods(Class<?> resource) {
        return Arrays.stream(resource.getMethods()).filter(method -> !method.isBridge());
    }

    private static boolean hasVerb(Method method) {
        return overridden(method)
                .flatMap(each -> Arrays.stream(each.getAnnotations()))
                .anyMatch(each -> each.annotationType().isAnnotationPresent(HttpMethod.class));
    }

    /** As Jersey reads them: on the method, or on one that it overrides or implements. */
    static <A extends Annotation> @Nullable A annotation(Method method, Class<A> type) {
        return overridden(method)
                .map(each -> each.getAnnotation(type))
                .filter(found -> found != null)
                .findFirst()
                .orElse(null);
    }

    private static Stream<Method> overridden(Method method) {
        return Stream.iterate(
                        List.<Class<?>>of(method.getDeclaringClass()),
                        types -> !types.isEmpty(),
                        types -> types.stream()
                                .flatMap(type -> Stream.concat(
                                        Stream.ofNullable(type.getSuperclass()), Arrays.stream(type.getInterfaces())))
                                .<Class<?>>map(type -> type)
                                .toList())
                .flatMap(List::stream)
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(each -> each.getName().equals(method.getName())
                        && Arrays.equals(each.getParameterTypes(), method.getParameterTypes()));
    }
}
