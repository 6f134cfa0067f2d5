package io.freehold.rest.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.freehold.api.FreeholdException;
import io.freehold.api.StartupFailure;
import io.freehold.api.audit.AuditEntry;
import io.freehold.api.audit.Outcome;
import io.freehold.api.plugin.BundleDoctor;
import io.freehold.api.security.Origin;
import io.freehold.rest.TestFramework;
import io.freehold.rest.TestServer;
import io.freehold.rest.http.ApiEndpoint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

class AdminSocketTest {
    @TempDir
    Path folder;

    private TestFramework framework;
    private AdminSocket socket;
    private Path path;

    @BeforeEach
    void start() throws Exception {
        Path data = folder.resolve("data");
        path = data.resolve("admin.sock");
        framework = new TestFramework(
                folder,
                Map.of(
                        "freehold.data",
                        data.toString(),
                        "freehold.features",
                        "base,rest",
                        "freehold.version",
                        "1.2.3-SNAPSHOT"));
        socket = new AdminSocket(framework.context());
    }

    @AfterEach
    void stop() throws Exception {
        socket.stop();
        assertThat(path).doesNotExist();
        framework.close();
    }

    private String send(String method, String target) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(path));
            channel.write(ByteBuffer.wrap((method + " " + target
                            + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8)));
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            ByteBuffer buffer = ByteBuffer.allocate(4096);
            while (channel.read(buffer) >= 0) {
                answer.write(buffer.array(), 0, buffer.position());
                buffer.clear();
            }
            return answer.toString(StandardCharsets.UTF_8);
        }
    }

    private Bundle install(String symbolicName) throws Exception {
        Bundle bundle = install(symbolicName, null);
        bundle.start();
        return bundle;
    }

    private Bundle install(String symbolicName, @Nullable String activator) throws Exception {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Bundle-ManifestVersion", "2");
        manifest.getMainAttributes().putValue("Bundle-SymbolicName", symbolicName);
        manifest.getMainAttributes().putValue("Bundle-Version", "1.2.3");
        if (activator != null) {
            manifest.getMainAttributes().putValue("Bundle-Activator", activator);
        }
        Path jar = folder.resolve(symbolicName + ".jar");
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
        return framework.context().installBundle(jar.toUri().toString());
    }

    @Test
    void theSocketIsItsOwnersAlone() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
    }

    @Test
    void statusIsAnsweredWithoutAnyService() throws Exception {
        assertThat(send("GET", "/admin/v1/status"))
                .startsWith("HTTP/1.1 200")
                .contains("X-Request-Id: ")
                .contains("\"version\":\"1.2.3-SNAPSHOT\"")
                .contains("\"pid\":" + ProcessHandle.current().pid())
                .contains(
                        "\"serving\":false,\"address\":null,\"features\":[\"base\",\"rest\"],\"bundles\":{\"total\":1,\"active\":1}");
        assertThat(send("GET", "/api/v1/users")).startsWith("HTTP/1.1 503").contains("Retry-After");
        assertThat(send("GET", "/nothing")).startsWith("HTTP/1.1 404").contains("problem+json");
        assertThat(send("DELETE", "/admin/v1/status")).startsWith("HTTP/1.1 404");
    }

    @Test
    void theApiIsServedAsTheOwner() throws Exception {
        try (TestServer server = new TestServer()) {
            ApiEndpoint endpoint = server.endpoint();
            socket.bindApi(endpoint, Map.of(ApiEndpoint.ADDRESS, "http://127.0.0.1:1"));
            socket.bindAuthenticator(server.memory.security);
            assertThat(send("GET", "/api/v1/users")).startsWith("HTTP/1.1 200").contains("\"items\":[]");
            assertThat(send("GET", "/api/v1/auth/me")).contains("\"principal\":\"system:owner\"", "\"user\":null");
            assertThat(server.memory.security.owner(new Origin("local", "x")).name())
                    .isEqualTo("owner");
            assertThat(send("GET", "/admin/v1/status")).contains("\"serving\":true,\"address\":\"http://127.0.0.1:1\"");
            assertThat(send("GET", "/admin/v1/routes"))
                    .startsWith("HTTP/1.1 200")
                    .contains(
                            "{\"items\":[{\"kind\":",
                            "{\"kind\":\"REST\",\"method\":\"GET\",\"path\":\"/api/v1/audit\",\"open\":false,"
                                    + "\"permission\":null,\"plugin\":null},");
            ApiEndpoint next = server.endpoint();
            socket.bindApi(next, Map.of(ApiEndpoint.ADDRESS, "http://127.0.0.1:2"));
            socket.unbindApi(endpoint);
            assertThat(send("GET", "/admin/v1/status"))
                    .as("the one that has come stays when the one before goes")
                    .contains("\"serving\":true,\"address\":\"http://127.0.0.1:2\"");
            socket.unbindApi(next);
            assertThat(send("GET", "/admin/v1/routes")).startsWith("HTTP/1.1 503");
            assertThat(send("GET", "/api/v1/users")).startsWith("HTTP/1.1 503");
        }
    }

    @Test
    void bundlesAreListedStoppedAndStartedByIdOrName() throws Exception {
        Bundle bundle = install("io.freehold.provider.fake");
        assertThat(send("GET", "/admin/v1/bundles"))
                .contains(
                        "{\"id\":1,\"symbolicName\":\"io.freehold.provider.fake\",\"version\":\"1.2.3\",\"state\":\"ACTIVE\"}");
        assertThat(send("POST", "/admin/v1/bundles/provider.fake/stop"))
                .startsWith("HTTP/1.1 200")
                .contains("\"state\":\"RESOLVED\"");
        assertThat(bundle.getState()).isEqualTo(Bundle.RESOLVED);
        assertThat(send("POST", "/admin/v1/bundles/fake/start")).contains("\"state\":\"ACTIVE\"");
        assertThat(send("POST", "/admin/v1/bundles/1/stop")).contains("\"state\":\"RESOLVED\"");
        assertThat(send("POST", "/admin/v1/bundles/nothing/stop")).startsWith("HTTP/1.1 404");
        assertThat(send("POST", "/admin/v1/bundles/99/stop")).startsWith("HTTP/1.1 404");
        assertThat(send("POST", "/admin/v1/bundles/fake/uninstall")).startsWith("HTTP/1.1 404");
    }

    @Test
    void whyABundleDoesNotRunIsSaidInTheWordsOfTheDoctor() throws Exception {
        install("io.freehold.provider.fake", null);
        assertThat(send("GET", "/admin/v1/bundles/fake/why"))
                .startsWith("HTTP/1.1 503")
                .contains("io.freehold.plugins");
        BundleDoctor doctor = bundle -> List.of("It is " + bundle.getSymbolicName() + ".");
        socket.bindDoctor(doctor);
        assertThat(send("GET", "/admin/v1/bundles/fake/why"))
                .startsWith("HTTP/1.1 200")
                .endsWith("{\"symbolicName\":\"io.freehold.provider.fake\",\"state\":\"INSTALLED\","
                        + "\"reasons\":[\"It is io.freehold.provider.fake.\"]}");
        assertThat(send("GET", "/admin/v1/bundles/1/why")).startsWith("HTTP/1.1 200");
        assertThat(send("GET", "/admin/v1/bundles/nothing/why")).startsWith("HTTP/1.1 404");
        assertThat(send("POST", "/admin/v1/bundles/fake/why")).startsWith("HTTP/1.1 404");
        socket.unbindDoctor(doctor);
        assertThat(send("GET", "/admin/v1/bundles/fake/why")).startsWith("HTTP/1.1 503");
    }

    @Test
    void whatTheSocketNeedsIsNotStopped() throws Exception {
        assertThat(send("POST", "/admin/v1/bundles/0/stop"))
                .startsWith("HTTP/1.1 409")
                .contains("\"code\":\"NEEDED\"");
    }

    @Test
    void stoppingAndStartingAreRecorded() throws Exception {
        try (TestServer server = new TestServer()) {
            install("io.freehold.other");
            socket.bindAudit(server.memory.audit);
            socket.bindAuthenticator(server.memory.security);
            send("POST", "/admin/v1/bundles/other/stop");
            send("POST", "/admin/v1/bundles/other/start");
            assertThat(server.memory.audit.entries)
                    .extracting(AuditEntry::action, AuditEntry::outcome, AuditEntry::resource, AuditEntry::actor)
                    .containsExactly(
                            tuple("bundle.stop", Outcome.INTENT, "bundles/io.freehold.other", "system:owner"),
                            tuple("bundle.stop", Outcome.SUCCESS, "bundles/io.freehold.other", "system:owner"),
                            tuple("bundle.start", Outcome.INTENT, "bundles/io.freehold.other", "system:owner"),
                            tuple("bundle.start", Outcome.SUCCESS, "bundles/io.freehold.other", "system:owner"));
            assertThat(server.memory.audit.entries)
                    .extracting(AuditEntry::source)
                    .containsOnly("local");
        }
    }

    @Test
    void whatFailsIsRecordedAndWhatCannotBeRecordedIsRefused() throws Exception {
        try (TestServer server = new TestServer()) {
            Bundle running = install("io.freehold.running");
            socket.bindAudit(server.memory.audit);
            server.memory.audit.full = true;
            assertThat(send("POST", "/admin/v1/bundles/running/stop")).startsWith("HTTP/1.1 503");
            assertThat(running.getState()).isEqualTo(Bundle.ACTIVE);
            server.memory.audit.full = false;
            Bundle failing = install("io.freehold.failing", "no.such.Activator");
            assertThat(send("POST", "/admin/v1/bundles/failing/start")).startsWith("HTTP/1.1 409");
            assertThat(failing.getState()).isNotEqualTo(Bundle.ACTIVE);
            assertThat(server.memory.audit.entries)
                    .extracting(AuditEntry::action, AuditEntry::outcome)
                    .containsExactly(tuple("bundle.start", Outcome.INTENT), tuple("bundle.start", Outcome.FAILURE));
        }
    }

    @Test
    void aSecondFreeholdOnTheSameFolderIsRefusedInOneLine() {
        assertThatThrownBy(() -> new AdminSocket(framework.context())).isInstanceOf(FreeholdException.class);
        var failure = framework.context().getServiceReference(StartupFailure.class);
        assertThat(String.valueOf(failure.getProperty(StartupFailure.MESSAGE))).startsWith("Another Freehold runs on ");
    }
}
