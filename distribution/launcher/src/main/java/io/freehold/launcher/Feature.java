package io.freehold.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A set of bundles that one chooses together: an OSGi Feature (Compendium 159), {@code features/<name>.json}.
 * The start level of a bundle is its {@code bundleStartLevel} (Compendium 160).
 *
 * @param name what {@code FREEHOLD_FEATURES} calls it
 * @param bundles in the order of the file
 */
public record Feature(String name, List<BundleId> bundles) {
    private static final String START_LEVEL = "bundleStartLevel";

    /** Maven coordinates and start level of a bundle. */
    public record BundleId(String group, String artifact, String version, int startLevel) {

        /** Where the distribution keeps it: {@code 20/jose4j-0.9.6.jar}. */
        public String path() {
            return String.format("%02d/%s-%s.jar", startLevel, artifact, version);
        }
    }

    public Feature {
        bundles = List.copyOf(bundles);
    }

    /**
     * Reads the named features.
     *
     * @param folder where the {@code .json} files are
     * @throws LauncherException {@link ExitStatus#USAGE} naming a feature that is not there
     */
    public static List<Feature> read(Path folder, Collection<String> names) {
        List<Feature> features = new ArrayList<>();
        for (String name : names) {
            Path file = folder.resolve(name + ".json");
            if (!name.matches("[a-z0-9.-]+") || !Files.exists(file)) {
                throw new LauncherException(
                        ExitStatus.USAGE,
                        "FREEHOLD_FEATURES (or 'features' in etc/freehold.cfg) names '" + name
                                + "', which is not here; the features are " + String.join(", ", available(folder)));
            }
            features.add(read(name, file));
        }
        return features;
    }

    /** The bundles of all features together, each once, by start level. */
    public static List<BundleId> bundles(Collection<Feature> features) {
        Set<BundleId> bundles = new LinkedHashSet<>();
        features.forEach(feature -> bundles.addAll(feature.bundles()));
        return bundles.stream()
                .sorted((a, b) -> Integer.compare(a.startLevel(), b.startLevel()))
                .toList();
    }

    /** The names of the features in a folder. */
    public static List<String> available(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".json"))
                    .map(name -> name.substring(0, name.length() - ".json".length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new LauncherException(ExitStatus.FAILED, "this installation is incomplete: " + Failures.reason(e), e);
        }
    }

    private static Feature read(String name, Path file) {
        try {
            Map<?, ?> feature = Json.object(Files.readString(file));
            List<BundleId> bundles = new ArrayList<>();
            if (feature.get("bundles") instanceof List<?> list) {
                for (Object bundle : list) {
                    bundles.add(bundle(bundle));
                }
            }
            return new Feature(name, bundles);
        } catch (IOException | IllegalArgumentException e) {
            throw new LauncherException(ExitStatus.FAILED, "cannot read " + file + ": " + Failures.reason(e), e);
        }
    }

    private static BundleId bundle(Object bundle) {
        if (bundle instanceof Map<?, ?> map
                && map.get("id") instanceof String id
                && map.get(START_LEVEL) instanceof Long level) {
            String[] coordinates = id.split(":", -1);
            if (coordinates.length == 3) {
                return new BundleId(coordinates[0], coordinates[1], coordinates[2], level.intValue());
            }
        }
        throw new IllegalArgumentException(
                "a bundle needs an id 'group:artifact:version' and a " + START_LEVEL + ": " + bundle);
    }
}
