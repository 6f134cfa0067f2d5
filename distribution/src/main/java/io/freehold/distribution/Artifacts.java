package io.freehold.distribution;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** The jars of the class path, found by the artifact's name. */
record Artifacts(List<Path> jars) {

    Artifacts {
        jars = List.copyOf(jars);
    }

    static Artifacts ofClassPath() {
        String[] entries = System.getProperty("java.class.path", "").split(Pattern.quote(File.pathSeparator), -1);
        return new Artifacts(Arrays.stream(entries)
                .filter(entry -> entry.endsWith(".jar"))
                .map(Path::of)
                .toList());
    }

    /** The jar of that artifact in whatever version the build chose. */
    Path named(String artifact) {
        return find(artifact, Pattern.compile(Pattern.quote(artifact) + "-\\d.*\\.jar"));
    }

    /** The jar of that artifact in exactly that version. */
    Path named(String artifact, String version) {
        return find(artifact + " " + version, Pattern.compile(Pattern.quote(artifact + "-" + version + ".jar")));
    }

    private Path find(String what, Pattern name) {
        return jars.stream()
                .filter(jar -> name.matcher(jar.getFileName().toString()).matches())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        what + " is in a feature, but not among the dependencies of features/pom.xml"));
    }
}
