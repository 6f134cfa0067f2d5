package io.freehold.itests.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the build of a plugin makes of it. */
class PluginsTest {
    private static final BuiltPlugin HELLO =
            BuiltPlugin.in(Path.of("target/examples/provider-hello"), "provider-hello-1.0.0.jar");
    private static final BuiltPlugin MOON =
            BuiltPlugin.in(Path.of("target/generated/archetype/moon"), "moon-1.0.0.jar");

    @Test
    void theExampleIsSmall() throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(Path.of("../../examples/provider-hello"))) {
            all.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().contains("/target/"))
                    .forEach(files::add);
        }
        int lines = 0;
        for (Path file : files) {
            lines += Files.readAllLines(file).size();
        }
        assertThat(files).hasSizeLessThanOrEqualTo(5);
        assertThat(lines).isLessThanOrEqualTo(150);
    }

    @Test
    void aPluginIsABundleNamedAfterItsProject() throws IOException {
        assertThat(HELLO.header("Bundle-SymbolicName")).isEqualTo("provider-hello");
        assertThat(HELLO.header("Bundle-Version")).isEqualTo("1.0.0");
        assertThat(HELLO.header("Service-Component")).contains("HelloProvider", "GreetingsResource");
        assertThat(MOON.header("Bundle-SymbolicName")).isEqualTo("moon");
        assertThat(MOON.header("Service-Component")).contains("com.example.MoonProvider");
    }

    @Test
    void itImportsNothingThatOnlyTheBuildNeeds() throws IOException {
        assertThat(HELLO.header("Import-Package").replaceAll("\"[^\"]*\"", "").split(","))
                .allSatisfy(
                        imported -> assertThat(imported).matches("(io\\.freehold\\.api|jakarta\\.ws\\.rs|java\\.).*"));
    }

    @Test
    void itDoesNotClaimALicenceThatItsAuthorHasNotChosen() throws IOException {
        assertThat(HELLO.header("Bundle-License")).isEmpty();
        assertThat(HELLO.header("Bundle-Description")).isEmpty();
    }

    @Test
    void itsPermissionsAreInItsManifest() throws IOException {
        assertThat(HELLO.header("Provide-Capability"))
                .contains("io.freehold.permission;permission=\"hello:greet\";roles:List<String>=\"operator,user\"");
        assertThat(MOON.header("Provide-Capability")).contains("permission=\"moon:greet\"");
    }

    @Test
    void itsResourcesAreDescribedWhereTheyAreServed() throws IOException {
        assertThat(HELLO.description().get("paths").fieldNames())
                .toIterable()
                .containsExactly("/api/v1/plugins/provider-hello/greetings");
        assertThat(MOON.description().get("paths").fieldNames())
                .toIterable()
                .containsExactly("/api/v1/plugins/moon/greetings");
        JsonNode schemas = HELLO.description().get("components").get("schemas");
        assertThat(schemas.get("Greeting").get("properties").fieldNames())
                .toIterable()
                .containsExactly("text");
    }

    @Test
    void itsProviderWasTriedByTheContract() throws IOException {
        assertThat(HELLO.report("io.freehold.examples.hello.HelloContractTest"))
                .contains("createdInstanceIsStoppedAndFoundByItsTokenAtOnce")
                .contains("failures=\"0\"");
        assertThat(MOON.report("com.example.MoonContractTest"))
                .contains("createdInstanceIsStoppedAndFoundByItsTokenAtOnce")
                .contains("failures=\"0\"");
    }
}
