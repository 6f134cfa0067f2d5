package io.freehold.distribution;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

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

    /** Freehold's own. */
    List<Path> ours() {
        return jars.stream().filter(Artifacts::isOurs).toList();
    }

    /** Everybody else's. */
    List<Path> others() {
        return jars.stream().filter(jar -> !isOurs(jar)).toList();
    }

    /** The names of the class files in a jar. */
    static Set<String> classes(Path jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return zip.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.endsWith(".class") && !name.endsWith("-info.class"))
                    .collect(Collectors.toSet());
        }
    }

    private static boolean isOurs(Path jar) {
        return jar.getFileName().toString().startsWith("io.freehold.");
    }

    private Path find(String what, Pattern name) {
        return jars.stream()
                .filter(jar -> name.matcher(jar.getFileName().toString()).matches())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        what + " is in a feature, but not among the dependencies of features/pom.xml"));
    }
}
