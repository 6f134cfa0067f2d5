package io.freehold.plugins;

import io.freehold.api.FreeholdException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;

/**
 * A file that was read from its first to its last byte and is a bundle: what it calls itself, and who signed
 * every single entry of it.
 *
 * @param id the symbolic name
 * @param name for people
 * @param sha256 of the whole file, 64 hexadecimal digits
 * @param signers who signed each entry; empty if even one is not signed by them
 */
record PluginJar(Path file, String id, Version version, String name, String sha256, List<CodeSigner> signers) {
    /** Larger than any bundle that ought to be in memory. */
    static final long MAX_BYTES = 64L << 20;

    /** The file is no complete archive: it may still be on its way. */
    static final class Incomplete extends Exception {
        private static final long serialVersionUID = 1L;

        Incomplete(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * Reads a file that nobody writes to any more.
     *
     * @throws Incomplete if it is no whole archive
     * @throws FreeholdException {@code INVALID} naming {@code jar} if it is one, and no plugin
     */
    static PluginJar read(Path file) throws Incomplete, IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw refused("It is larger than " + (MAX_BYTES >> 20) + " MiB.");
        }
        try {
            ArchiveCheck.whole(file);
            try (JarFile jar = new JarFile(file.toFile(), true)) {
                Manifest manifest = jar.getManifest();
                if (manifest == null) {
                    throw refused("It has no manifest, so it is no OSGi bundle.");
                }
                return of(file, manifest.getMainAttributes(), ArchiveCheck.signers(jar, manifest));
            }
        } catch (ZipException | EOFException e) {
            throw new Incomplete("It is no whole archive: " + e.getMessage(), e);
        } catch (SecurityException e) {
            throw refused("It was changed after it was signed.");
        } catch (IOException e) {
            throw refused("It cannot be read: " + e.getMessage());
        }
    }

    private static PluginJar of(Path file, Attributes headers, Set<CodeSigner> signers) throws IOException {
        String symbolicName = headers.getValue(Constants.BUNDLE_SYMBOLICNAME);
        if (symbolicName == null || !"2".equals(headers.getValue(Constants.BUNDLE_MANIFESTVERSION))) {
            throw refused("Its manifest has no Bundle-SymbolicName, so it is no OSGi bundle.");
        }
        if (headers.getValue(Constants.FRAGMENT_HOST) != null) {
            throw refused("It is a fragment, which would become part of another bundle.");
        }
        String id = symbolicName.split(";", 2)[0].strip();
        if (!id.matches("[A-Za-z0-9_.-]{1,200}")) {
            throw refused("Its symbolic name has other characters than letters, digits, dots, _ and -.");
        }
        String name = headers.getValue(Constants.BUNDLE_NAME);
        return new PluginJar(
                file,
                id,
                version(headers.getValue(Constants.BUNDLE_VERSION)),
                name == null || name.isBlank() || name.startsWith("%") ? id : name.strip(),
                sha256(file),
                List.copyOf(signers));
    }

    private static Version version(@Nullable String text) {
        try {
            return Version.parseVersion(text);
        } catch (IllegalArgumentException e) {
            throw refused("Its Bundle-Version is not of the form 1.2.3.qualifier.");
        }
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[64 * 1024];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** The same jar under another path. */
    PluginJar at(Path copy) {
        return new PluginJar(copy, id, version, name, sha256, signers);
    }

    /** What went wrong, without the name of the field. */
    static String problem(Exception failure) {
        return failure instanceof FreeholdException refusal
                        && !refusal.violations().isEmpty()
                ? refusal.violations().get(0).message()
                : String.valueOf(failure.getMessage());
    }

    static FreeholdException refused(String message) {
        return FreeholdException.invalid("jar", message);
    }
}
