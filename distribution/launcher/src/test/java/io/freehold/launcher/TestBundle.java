package io.freehold.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** Writes a bundle with one immediate component. */
final class TestBundle {
    private TestBundle() {}

    /**
     * @param references XML of the component's references
     */
    static void write(Path jar, String name, Class<?> component, String references) throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue("Bundle-ManifestVersion", "2");
        attributes.putValue("Bundle-SymbolicName", name);
        attributes.putValue("Bundle-Version", "1.0.0");
        attributes.putValue("Service-Component", "OSGI-INF/component.xml");
        String classFile = component.getName().replace('.', '/') + ".class";
        String xml = "<scr:component xmlns:scr='http://www.osgi.org/xmlns/scr/v1.4.0' immediate='true' name='" + name
                + "'><implementation class='" + component.getName() + "'/>" + references + "</scr:component>";
        Files.createDirectories(Objects.requireNonNull(jar.getParent()));
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                InputStream code = Objects.requireNonNull(component.getResourceAsStream("/" + classFile))) {
            out.putNextEntry(new ZipEntry(classFile));
            code.transferTo(out);
            out.putNextEntry(new ZipEntry("OSGI-INF/component.xml"));
            out.write(xml.getBytes(StandardCharsets.UTF_8));
        }
    }
}
