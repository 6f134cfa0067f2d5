package io.freehold.distribution;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Collects the licence texts and notices of jars: those inside them, or those that {@code texts.properties} names. */
final class Licences {
    private static final Pattern TEXT = Pattern.compile(
            "(META-INF/)?(maven/.*/)?(LICEN[CS]E|NOTICE|COPYING|about)(\\.\\w+)?|META-INF/licen[cs]es?/.*[^/]",
            Pattern.CASE_INSENSITIVE);

    private final Path folder;
    private final Path own;
    private final Properties fallbacks = new Properties();
    private final Path target;
    private final Artifacts artifacts;

    /**
     * @param folder of this module's texts
     * @param own the text of Freehold's own licence, Apache-2.0
     * @param target where the texts go, a folder for each jar
     */
    Licences(Path folder, Path own, Path target, Artifacts artifacts) throws IOException {
        this.folder = folder;
        this.own = own;
        this.target = target;
        this.artifacts = artifacts;
        try (Reader reader = Files.newBufferedReader(folder.resolve("texts.properties"))) {
            fallbacks.load(reader);
        }
    }

    /**
     * Copies what belongs to a jar.
     *
     * @throws IllegalStateException if nothing is known of its licence
     */
    void collect(Path jar) throws IOException {
        String file = jar.getFileName().toString();
        Path texts = target.resolve(file.substring(0, file.length() - ".jar".length()));
        if (copy(jar, texts)) {
            return;
        }
        String artifact = file.replaceFirst("-\\d.*", "");
        String fallback = Optional.ofNullable(fallbacks.getProperty(artifact))
                .orElseThrow(() -> new IllegalStateException(
                        file + " brings no licence text: name one in distribution/src/main/licenses/texts.properties"));
        if (fallback.startsWith("jar:")) {
            copy(artifacts.named(fallback.substring("jar:".length())), texts);
            return;
        }
        Files.createDirectories(texts);
        Files.copy(fallback.equals("Apache-2.0") ? own : folder.resolve(fallback), texts.resolve("LICENSE.txt"));
    }

    private static boolean copy(Path jar, Path texts) throws IOException {
        boolean licence = false;
        try (ZipFile zip = new ZipFile(jar.toFile(), StandardCharsets.UTF_8)) {
            List<? extends ZipEntry> entries = zip.stream()
                    .filter(entry -> !entry.isDirectory()
                            && TEXT.matcher(entry.getName()).matches())
                    .toList();
            for (ZipEntry entry : entries) {
                licence |= !entry.getName().toUpperCase(Locale.ROOT).contains("NOTICE");
                Path text = texts.resolve(
                        entry.getName().replaceFirst("^META-INF/", "").replace('/', '-'));
                Files.createDirectories(texts);
                try (InputStream in = zip.getInputStream(entry)) {
                    Files.copy(in, text);
                }
            }
        }
        return licence;
    }
}
