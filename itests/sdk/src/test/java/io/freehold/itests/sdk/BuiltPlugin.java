package io.freehold.itests.sdk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarFile;

/**
 * A plugin that was built before the tests.
 *
 * @param folder its project
 * @param jar its bundle
 */
record BuiltPlugin(Path folder, Path jar) {

    static BuiltPlugin in(Path folder, String jar) {
        return new BuiltPlugin(folder, folder.resolve("target").resolve(jar));
    }

    String header(String name) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            String value = file.getManifest().getMainAttributes().getValue(name);
            return value == null ? "" : value;
        }
    }

    /** What it says about its resources. */
    JsonNode description() throws IOException {
        try (JarFile file = new JarFile(jar.toFile());
                InputStream in = file.getInputStream(file.getEntry("OSGI-INF/freehold/openapi.json"))) {
            return new ObjectMapper().readTree(in);
        }
    }

    /** What its contract test reported, as Surefire writes it. */
    String report(String test) throws IOException {
        return Files.readString(folder.resolve("target/surefire-reports/TEST-" + test + ".xml"));
    }
}
