package io.freehold.provider.docker;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.freehold.api.form.Values;
import io.freehold.api.instance.Kind;
import io.freehold.api.instance.Port;
import io.freehold.api.instance.Resources;
import io.freehold.api.provider.Backend;
import io.freehold.api.provider.BackendConfig;
import io.freehold.api.provider.InstanceSpec;
import io.freehold.api.provider.NativeId;
import io.freehold.api.provider.Provider;
import io.freehold.provider.docker.engine.EngineAddress;
import io.freehold.provider.docker.engine.EngineClient;
import io.freehold.provider.testkit.ProviderUnderTest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The engine that tests run on, and hands that reach it past the provider. */
final class RealEngine implements ProviderUnderTest, AutoCloseable {
    /** Prints {@code ready} and then each line that is typed. */
    private static final List<String> ECHO = List.of("/bin/sh", "-c", "echo ready; exec cat");

    private final DockerProvider provider = new DockerProvider();
    private final FakeRegistry registry;
    private final TestCertificates certificates;
    private final String url;
    private final String image;
    private final EngineClient outside;

    private RealEngine(String url, String image, TestCertificates certificates) throws Exception {
        this.url = url;
        this.image = image;
        this.certificates = certificates;
        this.registry = new FakeRegistry(certificates.server("engine"));
        this.outside = new EngineClient(EngineAddress.of(url, false), null, "outside");
    }

    /** The engine of this test run, or the tests are skipped. */
    static RealEngine find(Path folder) throws Exception {
        String url = System.getProperty("freehold.test.docker", "");
        String image = System.getProperty("freehold.test.image", "");
        assumeTrue(!url.isEmpty() && !image.isEmpty(), "no engine: freehold.test.docker and freehold.test.image");
        return new RealEngine(url, image, TestCertificates.in(folder));
    }

    String url() {
        return url;
    }

    String image() {
        return image;
    }

    TestCertificates certificates() {
        return certificates;
    }

    FakeRegistry registry() {
        return registry;
    }

    EngineClient outside() {
        return outside;
    }

    Backend open() {
        return open(configuration());
    }

    Backend open(Map<String, Object> configuration) {
        Values values = provider.info().configuration().read(configuration);
        return provider.open(new BackendConfig(UUID.randomUUID(), "test", values));
    }

    /** A specification of the test image with these values of the provider's form. */
    InstanceSpec spec(String name, String template, Resources resources, List<Port> ports, Map<String, Object> config) {
        return new InstanceSpec(
                UUID.randomUUID().toString(),
                name,
                Kind.CONTAINER,
                template,
                resources,
                ports,
                Map.of("GREETING", "hello"),
                Map.of("contract", "yes"),
                ContainerRequest.CONFIGURATION.read(config));
    }

    @Override
    public Provider provider() {
        return provider;
    }

    @Override
    public Map<String, Object> configuration() {
        return new HashMap<>(Map.of("url", url));
    }

    @Override
    public Map<String, Object> unreachable() {
        return new HashMap<>(Map.of("url", "unix:///nonexistent/docker.sock"));
    }

    @Override
    public InstanceSpec spec(String name, String creationToken) {
        return new InstanceSpec(
                creationToken,
                name,
                Kind.CONTAINER,
                image,
                new Resources(0.5, 64L << 20, null),
                List.of(new Port(8080, null, "tcp", null)),
                Map.of(),
                Map.of("contract", "yes"),
                ContainerRequest.CONFIGURATION.read(Map.of("command", ECHO)));
    }

    @Override
    public Map<String, Object> reachingHost() {
        return Map.of("command", ECHO, "capabilities", List.of("NET_ADMIN"));
    }

    @Override
    public String unknownTemplate() {
        return registry.image("no-such-image:1");
    }

    @Override
    public NativeId unknownId() {
        return new NativeId("0".repeat(64));
    }

    @Override
    public void stopOutside(NativeId id) {
        outside.call("POST", Containers.path(id) + "/stop?t=0", null, Duration.ofSeconds(30));
    }

    @Override
    public void deleteOutside(NativeId id) {
        outside.call("DELETE", Containers.path(id), null, Duration.ofSeconds(30));
    }

    @Override
    public void close() {
        outside.close();
        registry.close();
    }
}
