package io.freehold.plugins;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * What must be true of a jar, so that everybody who reads it later reads what was checked: the framework does not
 * read as the JDK's verification does, which trusts the sizes in the archive's directory and does not miss entries.
 */
final class ArchiveCheck {
    private static final long MAX_UNPACKED = 512L << 20;
    private static final int MAX_ENTRIES = 20_000;
    private static final String MANIFEST_DIGEST = "-DIGEST-MANIFEST";

    private ArchiveCheck() {}

    /**
     * Reads every entry to its end, whatever the directory says of its size.
     *
     * @throws io.freehold.api.FreeholdException if names, sizes or checksums are not what they ought to be
     */
    static void whole(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            Set<String> names = new HashSet<>();
            long left = MAX_UNPACKED;
            List<? extends ZipEntry> entries = Collections.list(zip.entries());
            entries.forEach(entry -> checkName(entry.getName(), names));
            for (ZipEntry entry : entries) {
                CRC32 checksum = new CRC32();
                long size = read(zip, entry, left, checksum);
                if (size != entry.getSize() || checksum.getValue() != entry.getCrc()) {
                    throw PluginJar.refused("Its entry " + printable(entry.getName()) + " is damaged.");
                }
                left -= size;
            }
        }
    }

    private static long read(ZipFile zip, ZipEntry entry, long limit, CRC32 checksum) throws IOException {
        byte[] buffer = new byte[16 * 1024];
        long size = 0;
        try (InputStream in = zip.getInputStream(entry)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                checksum.update(buffer, 0, read);
                size += read;
                if (size > limit) {
                    throw PluginJar.refused("Unpacked, it is larger than " + (MAX_UNPACKED >> 20) + " MiB.");
                }
            }
        }
        return size;
    }

    /**
     * Two entries of one name are read as either by different readers, and so is a name with U+0000; one that climbs is
     * written elsewhere.
     */
    private static void checkName(String name, Set<String> names) {
        String path = name.replace('\\', '/');
        if (path.startsWith("/")
                || path.contains(":")
                || path.indexOf('\0') >= 0
                || Arrays.asList(path.split("/", -1)).contains("..")) {
            throw PluginJar.refused("It has an entry that points outside of it.");
        }
        boolean manifest = name.toUpperCase(Locale.ROOT).equals(JarFile.MANIFEST_NAME);
        if (!names.add(manifest ? JarFile.MANIFEST_NAME : name)) {
            throw PluginJar.refused("It has the entry " + printable(name) + " twice.");
        }
        if (names.size() > MAX_ENTRIES) {
            throw PluginJar.refused("It has more than " + MAX_ENTRIES + " entries.");
        }
    }

    private static String printable(String name) {
        return name.length() > 80 ? "of a very long name" : name.replaceAll("[^\\x20-\\x7e]", "?");
    }

    /**
     * Who signed every single entry, with the manifest as it is and nothing taken away since; empty if nobody did.
     *
     * @throws SecurityException if an entry is not as it was signed
     */
    static Set<CodeSigner> signers(JarFile jar, Manifest manifest) throws IOException {
        @Nullable Set<CodeSigner> common = null;
        for (JarEntry entry : Collections.list(jar.entries())) {
            try (InputStream in = jar.getInputStream(entry)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            if (!entry.isDirectory() && !isAboutSignatures(entry.getName())) {
                CodeSigner[] signers = entry.getCodeSigners();
                Set<CodeSigner> these = signers == null ? Set.of() : Set.of(signers);
                if (common == null) {
                    common = new HashSet<>(these);
                } else {
                    common.retainAll(these);
                }
            }
        }
        if (common == null || common.isEmpty()) {
            return Set.of();
        }
        checkNothingMissing(jar, manifest);
        return common;
    }

    private static void checkNothingMissing(JarFile jar, Manifest manifest) throws IOException {
        for (String name : manifest.getEntries().keySet()) {
            if (jar.getEntry(name) == null) {
                throw new SecurityException("The entry " + name + " was taken away");
            }
        }
        byte[] bytes;
        try (InputStream in = jar.getInputStream(jar.getEntry(JarFile.MANIFEST_NAME))) {
            bytes = in.readAllBytes();
        }
        for (JarEntry entry : Collections.list(jar.entries())) {
            if (entry.getName().toUpperCase(Locale.ROOT).matches("META-INF/[^/]+\\.SF")) {
                try (InputStream in = jar.getInputStream(entry)) {
                    if (!isOfManifest(new Manifest(in), bytes)) {
                        throw new SecurityException("The manifest is not the one that was signed");
                    }
                }
            }
        }
    }

    private static boolean isOfManifest(Manifest signature, byte[] manifest) {
        for (Map.Entry<Object, Object> attribute : signature.getMainAttributes().entrySet()) {
            String name = attribute.getKey().toString();
            if (name.toUpperCase(Locale.ROOT).endsWith(MANIFEST_DIGEST)) {
                String algorithm = name.substring(0, name.length() - MANIFEST_DIGEST.length());
                try {
                    byte[] digest = MessageDigest.getInstance(algorithm).digest(manifest);
                    if (MessageDigest.isEqual(
                            digest,
                            Base64.getDecoder().decode(attribute.getValue().toString()))) {
                        return true;
                    }
                } catch (NoSuchAlgorithmException | IllegalArgumentException e) {
                    throw new SecurityException("The digest of the manifest cannot be read", e);
                }
            }
        }
        return false;
    }

    /** What is about signatures is not itself signed. */
    private static boolean isAboutSignatures(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        return upper.equals(JarFile.MANIFEST_NAME)
                || upper.matches("META-INF/[^/]+\\.(SF|RSA|DSA|EC)")
                || upper.matches("META-INF/SIG-[^/]+");
    }
}
