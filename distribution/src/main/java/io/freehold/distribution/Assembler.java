package io.freehold.distribution;

import io.freehold.launcher.Feature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Builds {@code target/freehold-<version>.zip} from the features: each names its bundles, which are on this
 * program's class path since the build depends on them.
 */
public final class Assembler {
    /** What is on the class path of the JVM that runs Freehold. */
    private static final List<String> CLASS_PATH = List.of(
            "io.freehold.launcher",
            "org.apache.felix.framework",
            "org.osgi.service.log",
            "slf4j-api",
            "logback-classic",
            "logback-core");

    private final Path base;
    private final Path stage;
    private final Artifacts artifacts;
    private final Map<String, String> checksums = new TreeMap<>();

    private Assembler(Path base, Path stage, Artifacts artifacts) {
        this.base = base;
        this.stage = stage;
        this.artifacts = artifacts;
    }

    /**
     * @param args the module's folder, the version, the time that every file in the zip gets
     */
    public static void main(String[] args) throws IOException {
        Path base = Path.of(args[0]);
        String name = "freehold-" + args[1];
        Path target = base.resolve("target");
        Path stage = target.resolve("stage");
        delete(stage);
        new Assembler(base, stage.resolve(name), Artifacts.ofClassPath()).stage();
        ZipWriter.write(stage, target.resolve(name + ".zip"), Instant.parse(args[2]));
    }

    private void stage() throws IOException {
        copy(base.resolve("src/main/dist"), stage);
        Path root = base.resolve("..").normalize();
        Files.copy(root.resolve("LICENSE"), stage.resolve("LICENSE"));
        Files.copy(base.resolve("target/sbom.json"), stage.resolve("sbom.json"));
        Path features = root.resolve("features/target/classes/features");
        copy(features, stage.resolve("system/features"));
        for (String artifact : CLASS_PATH) {
            jar(artifacts.named(artifact), "00/");
        }
        for (Feature.BundleId bundle : Feature.bundles(Feature.read(features, Feature.available(features)))) {
            Path jar = artifacts.named(bundle.artifact(), bundle.version());
            jar(jar, bundle.path().substring(0, 3));
        }
        licences(root);
        StringBuilder list = new StringBuilder();
        checksums.forEach((file, checksum) ->
                list.append(checksum).append("  ").append(file).append('\n'));
        Files.writeString(stage.resolve("system/checksums"), list);
    }

    /** The licences of what is in the zip, and of what Freehold's bundles embed. */
    private void licences(Path root) throws IOException {
        Licences licences = new Licences(
                base.resolve("src/main/licenses"), root.resolve("LICENSE"), stage.resolve("licenses"), artifacts);
        Set<String> embedded = new HashSet<>();
        for (Path jar : artifacts.ours()) {
            embedded.addAll(Artifacts.classes(jar));
        }
        for (Path jar : artifacts.others()) {
            boolean carried = checksums.keySet().stream().anyMatch(file -> file.endsWith("/" + jar.getFileName()));
            if (carried || !Collections.disjoint(embedded, Artifacts.classes(jar))) {
                licences.collect(jar);
            }
        }
    }

    private void jar(Path jar, String folder) throws IOException {
        String file = folder + jar.getFileName();
        Path target = stage.resolve("system").resolve(file);
        Files.createDirectories(target.getParent());
        StoredJar.copy(jar, target);
        checksums.put(file, Checksum.sha256(target));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
