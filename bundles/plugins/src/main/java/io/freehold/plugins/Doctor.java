package io.freehold.plugins;

import io.freehold.api.plugin.BundleCheck;
import io.freehold.api.plugin.BundleDoctor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

/** Asks the framework and Declarative Services, and puts what they say into words. */
final class Doctor implements BundleDoctor {
    private static final String PACKAGE = BundleRevision.PACKAGE_NAMESPACE;
    private static final Pattern FROM = Pattern.compile("\\(version>=([^)]+)\\)");
    private static final Pattern BELOW = Pattern.compile("\\(!\\(version>=([^)]+)\\)\\)");

    private final BundleContext context;
    private final FrameworkWiring framework;
    private final ServiceComponentRuntime components;
    private final List<BundleCheck> checks;

    /**
     * @param checks who else may know what is wrong; may change at any time
     */
    Doctor(BundleContext context, ServiceComponentRuntime components, List<BundleCheck> checks) {
        this.checks = checks;
        this.context = context;
        this.framework = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkWiring.class);
        this.components = components;
    }

    @Override
    public List<String> why(Bundle bundle) {
        if (isWhereItBelongs(bundle)) {
            return List.of();
        }
        return switch (bundle.getState()) {
            case Bundle.UNINSTALLED -> List.of("It is uninstalled.");
            case Bundle.INSTALLED -> unresolved(bundle);
            case Bundle.RESOLVED -> List.of("It can run and is not started.");
            case Bundle.STARTING, Bundle.STOPPING -> List.of("Its activator has not returned yet.");
            default -> {
                List<String> lines = new ArrayList<>(failed(bundle));
                lines.addAll(waiting(bundle));
                yield lines;
            }
        };
    }

    /** A fragment is never started, and a lazy bundle waits for the first use of its classes. */
    private static boolean isWhereItBelongs(Bundle bundle) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        boolean fragment = revision != null && (revision.getTypes() & BundleRevision.TYPE_FRAGMENT) != 0;
        return (fragment && bundle.getState() == Bundle.RESOLVED) || isAboutToRun(bundle);
    }

    private static boolean isAboutToRun(Bundle bundle) {
        String activation = bundle.getHeaders("").get(Constants.BUNDLE_ACTIVATIONPOLICY);
        return bundle.getState() == Bundle.STARTING
                && activation != null
                && activation.startsWith(Constants.ACTIVATION_LAZY);
    }

    /** Whether a bundle runs, or will as soon as it is used. */
    static boolean runs(Bundle bundle) {
        return bundle.getState() == Bundle.ACTIVE || isAboutToRun(bundle);
    }

    /** What its components that could not be made, and those who use what it brings, complain about. */
    List<String> failed(Bundle bundle) {
        List<String> lines = new ArrayList<>();
        checks.forEach(check -> lines.addAll(check.problems(bundle)));
        for (ComponentDescriptionDTO component : components.getComponentDescriptionDTOs(bundle)) {
            for (ComponentConfigurationDTO made : components.getComponentConfigurationDTOs(component)) {
                if (made.state == ComponentConfigurationDTO.FAILED_ACTIVATION) {
                    lines.add("Its component " + component.name + " failed: " + firstLine(made.failure));
                }
            }
        }
        return lines;
    }

    private List<String> waiting(Bundle bundle) {
        List<String> lines = new ArrayList<>();
        for (ComponentDescriptionDTO component : components.getComponentDescriptionDTOs(bundle)) {
            for (ComponentConfigurationDTO made : components.getComponentConfigurationDTOs(component)) {
                for (UnsatisfiedReferenceDTO lacking : made.unsatisfiedReferences) {
                    String type = Arrays.stream(component.references)
                            .filter(reference -> reference.name.equals(lacking.name))
                            .map(reference -> reference.interfaceName)
                            .findFirst()
                            .orElse(lacking.name);
                    lines.add("Its component " + component.name + " waits for a service " + type + ".");
                }
            }
        }
        return lines;
    }

    /** The first line of the innermost cause, which is what the author's own code said. */
    private static String firstLine(@Nullable String trace) {
        String line = "it does not say why";
        for (String each : String.valueOf(trace).lines().toList()) {
            if (line.equals("it does not say why") && !each.isBlank()) {
                line = each.strip();
            } else if (each.startsWith("Caused by: ")) {
                line = each.substring("Caused by: ".length()).strip();
            }
        }
        return line;
    }

    private List<String> unresolved(Bundle bundle) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        if (revision == null) {
            return List.of("It has no content that can be resolved.");
        }
        List<String> lines = new ArrayList<>();
        for (BundleRequirement requirement : revision.getDeclaredRequirements(null)) {
            Map<String, String> directives = requirement.getDirectives();
            boolean needed = !Constants.RESOLUTION_OPTIONAL.equals(directives.get(Constants.RESOLUTION_DIRECTIVE))
                    && !"dynamic".equals(directives.get(Constants.RESOLUTION_DIRECTIVE))
                    && directives.getOrDefault("effective", "resolve").equals("resolve");
            if (needed && framework.findProviders(requirement).isEmpty() && !own(revision, requirement)) {
                lines.add(missing(requirement));
            }
        }
        return lines.isEmpty()
                ? List.of("What it needs is there, but not together; start it and read the log of Freehold.")
                : lines;
    }

    private static boolean own(BundleRevision revision, BundleRequirement requirement) {
        return revision.getDeclaredCapabilities(requirement.getNamespace()).stream()
                .anyMatch(requirement::matches);
    }

    private String missing(BundleRequirement requirement) {
        String filter = requirement.getDirectives().getOrDefault(Constants.FILTER_DIRECTIVE, "");
        if (!requirement.getNamespace().equals(PACKAGE)) {
            return "It requires " + requirement.getNamespace() + " " + filter + ", which no bundle provides.";
        }
        String name = name(filter);
        String others = exporters(name);
        return "It imports the package " + name + range(filter) + ", which no bundle exports"
                + (others.isEmpty() ? "." : " in that version; there is " + others + ".");
    }

    private String exporters(String name) {
        return Arrays.stream(context.getBundles())
                .map(bundle -> bundle.adapt(BundleRevision.class))
                .filter(revision -> revision != null && revision.getWiring() != null)
                .map(revision -> revision.getDeclaredCapabilities(PACKAGE))
                .flatMap(Collection::stream)
                .filter(exported -> name.equals(exported.getAttributes().get(PACKAGE)))
                .map(Doctor::exported)
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private static String exported(BundleCapability capability) {
        return capability.getAttributes().get(Constants.VERSION_ATTRIBUTE) + " of "
                + capability.getRevision().getSymbolicName();
    }

    /** What a requirement asks for, for people: the package's name, or the filter as it stands. */
    static String name(String filter) {
        Matcher name = Pattern.compile("\\(osgi\\.wiring\\.package=([^)]+)\\)").matcher(filter);
        return name.find() ? name.group(1) : filter;
    }

    /** The range of versions in a filter, as a manifest has it. */
    static String range(String filter) {
        Matcher from = FROM.matcher(filter.replaceAll("\\(!\\(version>=[^)]+\\)\\)", ""));
        Matcher below = BELOW.matcher(filter);
        if (!from.find()) {
            return "";
        }
        return below.find() ? " [" + from.group(1) + "," + below.group(1) + ")" : " " + from.group(1) + " or newer";
    }
}
