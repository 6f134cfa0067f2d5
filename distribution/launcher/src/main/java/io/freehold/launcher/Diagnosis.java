package io.freehold.launcher;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/**
 * Finds out what keeps Freehold from serving: bundles that did not start and components that lack a service
 * or failed. It asks Declarative Services by reflection, whose classes are in a bundle, not on the class path.
 */
final class Diagnosis {
    private static final String RUNTIME = "org.osgi.service.component.runtime.ServiceComponentRuntime";

    private Diagnosis() {}

    /** One line; says so if nothing is found. */
    static String of(BundleContext context) {
        List<String> findings = new ArrayList<>();
        for (Bundle bundle : context.getBundles()) {
            boolean fragment = bundle.getHeaders("").get(Constants.FRAGMENT_HOST) != null;
            if (!fragment && (bundle.getState() & (Bundle.INSTALLED | Bundle.RESOLVED)) != 0) {
                findings.add("bundle " + bundle.getSymbolicName() + " is not started");
            }
        }
        ServiceReference<?> reference = runtime(context);
        if (reference == null) {
            findings.add("Declarative Services do not run");
        } else {
            try {
                components(context.getService(reference), findings);
            } catch (ReflectiveOperationException e) {
                findings.add("the components cannot be asked (" + e + ")");
            }
        }
        return findings.isEmpty() ? "every component is satisfied" : String.join("; ", findings);
    }

    private static @Nullable ServiceReference<?> runtime(BundleContext context) {
        try {
            // All: the framework itself is not wired to the service's package.
            ServiceReference<?>[] references = context.getAllServiceReferences(RUNTIME, null);
            return references == null ? null : references[0];
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException("no filter, no syntax", e);
        }
    }

    private static void components(Object runtime, List<String> findings) throws ReflectiveOperationException {
        Class<?> type = runtime.getClass().getClassLoader() == null
                ? runtime.getClass()
                : Class.forName(RUNTIME, false, runtime.getClass().getClassLoader());
        Object all =
                type.getMethod("getComponentDescriptionDTOs", Bundle[].class).invoke(runtime, (Object) new Bundle[0]);
        for (Object component : (Collection<?>) all) {
            Object configurations = type.getMethod("getComponentConfigurationDTOs", component.getClass())
                    .invoke(runtime, component);
            for (Object configuration : (Collection<?>) configurations) {
                describe(String.valueOf(field(component, "name")), configuration, findings);
            }
        }
    }

    private static void describe(String component, Object configuration, List<String> findings)
            throws ReflectiveOperationException {
        Object failure = field(configuration, "failure");
        if (failure instanceof String text && !text.isBlank()) {
            findings.add(component + " failed: " + text.lines().findFirst().orElse(""));
        }
        Object references = field(configuration, "unsatisfiedReferences");
        for (int i = 0; references != null && i < Array.getLength(references); i++) {
            findings.add(component + " lacks " + field(Array.get(references, i), "name"));
        }
    }

    private static @Nullable Object field(Object dto, String name) throws ReflectiveOperationException {
        return dto.getClass().getField(name).get(dto);
    }
}
