package io.freehold.features;

import static org.assertj.core.api.Assertions.assertThat;

import io.freehold.launcher.Feature;
import io.freehold.launcher.Feature.BundleId;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The features hold what the resolver finds that Freehold's bundles need: nothing is missing, nothing superfluous. */
class FeaturesTest {
    private static final Path FEATURES = Path.of("target/classes/features");

    @Test
    void allFeaturesTogetherAreWhatTheResolverFinds() throws IOException {
        assertThat(namesIn("base", "rest", "docker")).isEqualTo(resolved("freehold.bndrun"));
    }

    @Test
    void theBaseFeatureStandsAlone() throws IOException {
        assertThat(namesIn("base")).containsAll(resolved("base.bndrun"));
    }

    @Test
    void theFileFolderHasTheFeaturesThatTheDocumentationNames() {
        assertThat(Feature.available(FEATURES)).containsExactly("base", "docker", "rest");
    }

    @Test
    void noBundleIsInTwoFeatures() {
        List<BundleId> all = all().stream().flatMap(f -> f.bundles().stream()).toList();
        assertThat(all).doesNotHaveDuplicates();
    }

    @Test
    void everyVersionIsFilledIn() {
        assertThat(Feature.bundles(all()))
                .allSatisfy(bundle -> assertThat(bundle.version()).matches("\\d.*"));
    }

    private static List<Feature> all() {
        return Feature.read(FEATURES, Feature.available(FEATURES));
    }

    /** The symbolic names of the features' bundles. */
    private static Set<String> namesIn(String... features) throws IOException {
        Set<String> names = new TreeSet<>();
        for (BundleId bundle : Feature.bundles(Feature.read(FEATURES, List.of(features)))) {
            names.add(symbolicName(bundle.artifact() + "-" + bundle.version() + ".jar"));
        }
        return names;
    }

    /** The symbolic name in the manifest of the jar of that name on the class path. */
    private static String symbolicName(String file) throws IOException {
        Path jar = Stream.of(System.getProperty("java.class.path").split(":", -1))
                .map(Path::of)
                .filter(entry -> entry.endsWith(file))
                .findFirst()
                .orElseThrow(() -> new AssertionError(file + " is not among the dependencies of features/pom.xml"));
        try (JarFile content = new JarFile(jar.toFile())) {
            return content.getManifest()
                    .getMainAttributes()
                    .getValue("Bundle-SymbolicName")
                    .replaceAll(";.*", "");
        }
    }

    /** The symbolic names that bnd's resolver wrote into a run file. */
    private static Set<String> resolved(String bndrun) throws IOException {
        Properties run = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of("target/test-classes", bndrun))) {
            run.load(reader);
        }
        String bundles = Objects.requireNonNull(run.getProperty("-runbundles"), "the resolver has not run");
        return Pattern.compile("([\\w.-]+);version=")
                .matcher(bundles)
                .results()
                .map(bundle -> bundle.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
