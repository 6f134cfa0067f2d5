package io.freehold.plugins;

import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleRevision;

/** What a bundle needs of others and what others get from it, as its manifest says, for people. */
final class Surface {
    private static final String SERVICE = "osgi.service";
    private static final String PERMISSION = "io.freehold.permission";
    private static final Pattern TYPE = Pattern.compile("\\(objectClass=([^)]+)\\)");

    private Surface() {}

    static List<String> asks(@Nullable Bundle bundle) {
        BundleRevision revision = revision(bundle);
        if (revision == null) {
            return List.of();
        }
        Stream<String> packages = revision.getDeclaredRequirements(BundleRevision.PACKAGE_NAMESPACE).stream()
                .map(requirement -> requirement.getDirectives().getOrDefault("filter", ""))
                .filter(filter -> !Doctor.name(filter).startsWith("java."))
                .map(filter -> "package " + Doctor.name(filter) + Doctor.range(filter));
        Stream<String> services = revision.getDeclaredRequirements(SERVICE).stream()
                .map(requirement -> TYPE.matcher(requirement.getDirectives().getOrDefault("filter", "")))
                .filter(Matcher::find)
                .map(type -> "service " + type.group(1));
        return Stream.concat(services, packages).sorted().distinct().toList();
    }

    static List<String> brings(@Nullable Bundle bundle) {
        BundleRevision revision = revision(bundle);
        if (revision == null) {
            return List.of();
        }
        Stream<String> services = revision.getDeclaredCapabilities(SERVICE).stream()
                .flatMap(service -> texts(service.getAttributes().get("objectClass")))
                .map(type -> "service " + type);
        Stream<String> packages = revision.getDeclaredCapabilities(BundleRevision.PACKAGE_NAMESPACE).stream()
                .map(exported -> "package " + exported.getAttributes().get(BundleRevision.PACKAGE_NAMESPACE));
        Stream<String> permissions = revision.getDeclaredCapabilities(PERMISSION).stream()
                .map(declared -> "permission " + declared.getAttributes().get("permission")
                        + roles(declared.getAttributes().get("roles")));
        return Stream.of(permissions, services, packages)
                .flatMap(texts -> texts)
                .sorted()
                .distinct()
                .toList();
    }

    private static String roles(@Nullable Object attribute) {
        String roles = texts(attribute).collect(Collectors.joining(", "));
        return roles.isEmpty() ? "" : " (" + roles + ")";
    }

    private static Stream<String> texts(@Nullable Object attribute) {
        return attribute instanceof Collection<?> several
                ? several.stream().map(String::valueOf)
                : Stream.ofNullable(attribute).map(String::valueOf);
    }

    private static @Nullable BundleRevision revision(@Nullable Bundle bundle) {
        return bundle == null ? null : bundle.adapt(BundleRevision.class);
    }
}
