package io.freehold.itests.framework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freehold.api.Settings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.test.common.annotation.InjectBundleContext;

/** Why a bundle does not run, asked over the admin socket. */
class WhyTest {
    private static final String COMPONENT = """
            <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.3.0" name="the.lonely.one">
              <implementation class="java.lang.Object"/>
              <reference name="friend" interface="org.example.Friend" bind="bind"/>
            </scr:component>
            """;

    @InjectBundleContext
    BundleContext context;

    private final List<Bundle> installed = new ArrayList<>();
    private House house;

    @BeforeEach
    void lookAtTheHouse() {
        house = new House(context);
    }

    @AfterEach
    void uninstall() throws BundleException {
        for (Bundle bundle : installed) {
            bundle.uninstall();
        }
    }

    @Test
    void anImportThatNobodyExportsIsNamed() throws Exception {
        install(
                "org.example.importing",
                Map.of(
                        "Import-Package",
                        "org.example.missing;version=\"[1.2,2)\",io.freehold.api.plugin;version=\"[99,100)\""),
                "");

        assertThat(why("org.example.importing"))
                .contains("\"state\":\"INSTALLED\"")
                .containsPattern("imports the package org\\.example\\.missing \\[1\\.2[.0]*,2[.0]*\\),"
                        + " which no bundle exports\\.")
                .containsPattern("imports the package io\\.freehold\\.api\\.plugin .* in that version; there is"
                        + " 1\\.0\\.0 of io\\.freehold\\.api\\.");
    }

    @Test
    void aComponentThatWaitsForAServiceSaysWhichUntilItComes() throws Exception {
        install("org.example.waiting", Map.of("Service-Component", "OSGI-INF/lonely.xml"), COMPONENT)
                .start();

        await().untilAsserted(() -> assertThat(why("org.example.waiting"))
                .contains("\"state\":\"ACTIVE\"", "the.lonely.one waits for a service org.example.Friend."));
    }

    @Test
    void aBundleThatIsStoppedOrRunsSaysSo() throws Exception {
        Bundle plain = install("org.example.plain", Map.of(), "");
        plain.start();
        assertThat(why("org.example.plain")).contains("\"state\":\"ACTIVE\"", "\"reasons\":[]");
        plain.stop();
        assertThat(why("org.example.plain")).contains("\"state\":\"RESOLVED\"", "not started");
    }

    @Test
    void whatIsLazyOrAPartOfAnotherLacksNothing() throws Exception {
        install("org.example.lazy", Map.of("Bundle-ActivationPolicy", "lazy"), "")
                .start(Bundle.START_ACTIVATION_POLICY);
        assertThat(why("org.example.lazy")).contains("\"state\":\"STARTING\"", "\"reasons\":[]");

        install("org.example.part", Map.of("Fragment-Host", "org.example.host"), "");
        assertThat(why("org.example.part")).contains("\"state\":\"INSTALLED\"", "org.example.host");
        install("org.example.host", Map.of(), "").start();
        assertThat(why("org.example.part")).contains("\"state\":\"RESOLVED\"", "\"reasons\":[]");
    }

    @Test
    void withoutTheSecurityBundleItCanBeAskedWhyNothingIsServed() throws Exception {
        Bundle security = house.bundle("io.freehold.security");
        security.stop();
        try {
            assertThat(why("security")).contains("\"state\":\"RESOLVED\"");
            assertThat(why("core")).contains("waits for a service io.freehold.api.security.Authorizer.");
        } finally {
            security.start();
        }
        house.address();
        assertThat(why("core")).contains("\"state\":\"ACTIVE\",\"reasons\":[]");
    }

    private Bundle install(String symbolicName, Map<String, String> headers, String component)
            throws IOException, BundleException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
        manifest.getMainAttributes().putValue("Bundle-ManifestVersion", "2");
        manifest.getMainAttributes().putValue("Bundle-SymbolicName", symbolicName);
        headers.forEach(manifest.getMainAttributes()::putValue);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
            jar.putNextEntry(new JarEntry("OSGI-INF/lonely.xml"));
            jar.write(component.getBytes(StandardCharsets.UTF_8));
        }
        Bundle bundle = context.installBundle("test:" + symbolicName, new ByteArrayInputStream(bytes.toByteArray()));
        installed.add(bundle);
        return bundle;
    }

    private String why(String bundle) throws IOException {
        UnixDomainSocketAddress socket =
                UnixDomainSocketAddress.of(Settings.of(context).data().resolve("admin.sock"));
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(socket);
            channel.write(ByteBuffer.wrap(("GET /admin/v1/bundles/" + bundle
                            + "/why HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8)));
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            ByteBuffer buffer = ByteBuffer.allocate(4096);
            while (channel.read(buffer) >= 0) {
                answer.write(buffer.array(), 0, buffer.position());
                buffer.clear();
            }
            String text = answer.toString(StandardCharsets.UTF_8);
            assertThat(text).startsWith("HTTP/1.1 200");
            return text;
        }
    }
}
