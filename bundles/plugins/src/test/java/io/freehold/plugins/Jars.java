package io.freehold.plugins;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.KeyStore.PrivateKeyEntry;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import jdk.security.jarsigner.JarSigner;

/** Makes jars, and publishers who sign them, in a folder. */
final class Jars {
    private static final char[] PASSWORD = "changeit".toCharArray();

    private final Path folder;

    Jars(Path folder) {
        this.folder = folder;
    }

    /** A jar whose manifest has these lines beside the version, and these entries. */
    Path jar(String file, String headers, Map<String, String> entries) throws IOException {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\n" + headers + "\n");
        all.putAll(entries);
        return Files.write(folder.resolve(file), zip(all));
    }

    /** A bundle with one entry. */
    Path bundle(String file, String id, String version) throws IOException {
        return jar(file, headers(id, version), Map.of("a.txt", "a"));
    }

    static String headers(String id, String version) {
        return "Bundle-ManifestVersion: 2\nBundle-SymbolicName: " + id + "\nBundle-Version: " + version + "\n";
    }

    private static byte[] zip(Map<String, String> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    /** Somebody with a key and a certificate of its own. */
    PrivateKeyEntry publisher(String name) throws Exception {
        Path store = folder.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        name,
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + name,
                        "-validity",
                        "30",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!keytool.waitFor(30, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
            throw new IllegalStateException("keytool failed");
        }
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD);
        return (PrivateKeyEntry) keys.getEntry(name, new KeyStore.PasswordProtection(PASSWORD));
    }

    /** Writes the publisher's certificate where it is trusted. */
    static void trust(Path trusted, String name, PrivateKeyEntry publisher) throws Exception {
        Files.createDirectories(trusted);
        Files.writeString(
                trusted.resolve(name + ".pem"),
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(publisher.getCertificate().getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
    }

    Path sign(Path jar, PrivateKeyEntry publisher) throws IOException {
        Path signed = folder.resolve("signed-" + jar.getFileName());
        try (ZipFile in = new ZipFile(jar.toFile());
                OutputStream out = Files.newOutputStream(signed)) {
            new JarSigner.Builder(publisher).build().sign(in, out);
        }
        return signed;
    }

    /** The same jar with an entry that is new, or another than it was. */
    Path with(Path jar, String entry, String text) throws IOException {
        Path changed = folder.resolve("changed-" + jar.getFileName());
        try (ZipFile in = new ZipFile(jar.toFile());
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(changed))) {
            for (ZipEntry each : in.stream().toList()) {
                if (!each.getName().equals(entry)) {
                    out.putNextEntry(new ZipEntry(each.getName()));
                    in.getInputStream(each).transferTo(out);
                }
            }
            out.putNextEntry(new ZipEntry(entry));
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return changed;
    }

    /** The same jar without an entry. */
    Path without(Path jar, String entry) throws IOException {
        Path changed = folder.resolve("less-" + jar.getFileName());
        try (ZipFile in = new ZipFile(jar.toFile());
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(changed))) {
            for (ZipEntry each : in.stream().toList()) {
                if (!each.getName().equals(entry)) {
                    out.putNextEntry(new ZipEntry(each.getName()));
                    in.getInputStream(each).transferTo(out);
                }
            }
        }
        return changed;
    }

    /** Where the archive's directory speaks of an entry. */
    static int directoryOf(byte[] zip, String entry) {
        byte[] name = entry.getBytes(StandardCharsets.US_ASCII);
        for (int at = 0; at + 46 + name.length <= zip.length; at++) {
            if (zip[at] == 'P'
                    && zip[at + 1] == 'K'
                    && zip[at + 2] == 1
                    && zip[at + 3] == 2
                    && Arrays.equals(zip, at + 46, at + 46 + name.length, name, 0, name.length)) {
                return at;
            }
        }
        throw new IllegalArgumentException(entry);
    }

    /** Writes a number of four bytes, the lowest first. */
    static void put(byte[] bytes, int at, int number) {
        for (int i = 0; i < 4; i++) {
            bytes[at + i] = (byte) (number >> (8 * i));
        }
    }
}
