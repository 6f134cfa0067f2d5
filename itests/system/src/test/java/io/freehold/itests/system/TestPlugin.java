package io.freehold.itests.system;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** The jar of a plugin, put together entry by entry. */
final class TestPlugin {
    private static final String PACKAGE = "io/freehold/itests/system/plugin/";

    private final Manifest manifest = new Manifest();
    private final Map<String, byte[]> entries = new LinkedHashMap<>();

    private TestPlugin(String id, String version) {
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        header("Bundle-ManifestVersion", "2");
        header("Bundle-SymbolicName", id);
        header("Bundle-Version", version);
    }

    /** A bundle with nothing in it. */
    static TestPlugin empty(String id, String version) {
        return new TestPlugin(id, version);
    }

    /** A bundle with one resource, made by Declarative Services. */
    static TestPlugin resource(String id, String version, String type) {
        String name = (PACKAGE + type).replace('/', '.');
        return empty(id, version)
                .header(
                        "Import-Package",
                        "jakarta.ws.rs,jakarta.ws.rs.core,jakarta.ws.rs.container,io.freehold.api.rest,io.freehold.api.security")
                .header("Service-Component", "OSGI-INF/resource.xml")
                .header(
                        "Require-Capability",
                        "osgi.extender;filter:=\"(&(osgi.extender=osgi.component)(version>=1.5.0)(!(version>=2.0.0)))\"")
                .header(
                        "Provide-Capability",
                        "io.freehold.permission;permission=\"hello:greet\";roles:List<String>=\"operator\"")
                .type("Greetings")
                .type(type)
                .entry(
                        "OSGI-INF/resource.xml",
                        "<scr:component xmlns:scr='http://www.osgi.org/xmlns/scr/v1.5.0' name='" + name + "'>"
                                + "<implementation class='" + name + "'/>"
                                + "<property name='osgi.jakartars.resource' type='Boolean' value='true'/>"
                                + "<service><provide interface='java.lang.Object'/></service></scr:component>");
    }

    /** A bundle with a greeting for who holds {@code hello:greet}. */
    static TestPlugin hello(String version) {
        return resource("com.example.hello", version, "Greetings");
    }

    /** A jar as it is, but for its version. */
    static byte[] withVersion(Path jar, String version) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarInputStream in = new JarInputStream(Files.newInputStream(jar))) {
            Manifest manifest = in.getManifest();
            manifest.getMainAttributes().putValue("Bundle-Version", version);
            try (JarOutputStream out = new JarOutputStream(bytes, manifest)) {
                for (JarEntry entry = in.getNextJarEntry(); entry != null; entry = in.getNextJarEntry()) {
                    out.putNextEntry(new JarEntry(entry.getName()));
                    in.transferTo(out);
                }
            }
        }
        return bytes.toByteArray();
    }

    /** Writes another text into one entry of a jar and leaves everything else as it is. */
    static void change(Path jar, String entry, String text) throws IOException {
        try (FileSystem zip = FileSystems.newFileSystem(jar)) {
            Files.writeString(zip.getPath(entry), text);
        }
    }

    TestPlugin header(String name, String value) {
        manifest.getMainAttributes().putValue(name, value);
        return this;
    }

    TestPlugin type(String name) {
        String file = PACKAGE + name + ".class";
        try (InputStream in = TestPlugin.class.getClassLoader().getResourceAsStream(file)) {
            entries.put(file, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    TestPlugin entry(String name, String text) {
        entries.put(name, text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                jar.putNextEntry(new ZipEntry(entry.getKey()));
                jar.write(entry.getValue());
                jar.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
