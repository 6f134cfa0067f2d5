package io.freehold.itests.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Plugins do not inherit Freehold's own build, so its versions stand in two places. */
class VersionsTest {
    private static final Path ROOT = Path.of("../..");
    private static final Pattern VERSION = Pattern.compile("<([a-zA-Z0-9.-]+\\.version)>([^<]+)</\\1>");
    private static final Pattern OWN = Pattern.compile("<version>([^<]+)</version>");

    @Test
    void pluginsAreBuiltWithTheVersionsThatFreeholdIsBuiltWith() throws IOException {
        Map<String, String> expected = versions("pom.xml");
        Map<String, String> actual = versions("sdk/bom/pom.xml");
        actual.putAll(versions("sdk/plugin-parent/pom.xml"));
        assertThat(actual).hasSizeGreaterThan(15);
        assertThat(actual.remove("freehold.version")).isEqualTo(own("pom.xml"));
        assertThat(expected).containsAllEntriesOf(actual);
    }

    @Test
    void theSdkHasTheVersionOfFreehold() throws IOException {
        assertThat(own("sdk/bom/pom.xml")).isEqualTo(own("pom.xml"));
        assertThat(own("sdk/plugin-parent/pom.xml")).isEqualTo(own("pom.xml"));
        assertThat(own("examples/provider-hello/pom.xml")).isEqualTo(own("pom.xml"));
    }

    private static Map<String, String> versions(String pom) throws IOException {
        Map<String, String> versions = new TreeMap<>();
        Matcher matcher = VERSION.matcher(Files.readString(ROOT.resolve(pom)));
        while (matcher.find()) {
            versions.put(matcher.group(1), matcher.group(2));
        }
        return versions;
    }

    /** The first version that a POM names: its own, or that of its parent. */
    private static String own(String pom) throws IOException {
        Matcher matcher = OWN.matcher(Files.readString(ROOT.resolve(pom)));
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }
}
