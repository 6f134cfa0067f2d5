package io.freehold.provider.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.freehold.api.ErrorCode;
import io.freehold.api.provider.Backend;
import io.freehold.api.provider.Console;
import io.freehold.api.provider.ConsoleAccess;
import io.freehold.api.provider.NativeId;
import io.freehold.api.provider.PowerControl;
import io.freehold.api.provider.ProviderException;
import io.freehold.api.provider.Provisioning;
import io.freehold.api.provider.Watch;
import io.freehold.provider.testkit.FakeContext;
import io.freehold.provider.testkit.RecordedConsole;
import io.freehold.provider.testkit.RecordedWatch;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real engine behind TLS that asks for a client certificate. */
class DockerTlsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static RealEngine engine;
    private static TestCertificates certificates;
    private static EngineProxy proxy;
    private static final int[] PORT = new int[1];

    @BeforeAll
    static void listen(@TempDir Path folder) throws Exception {
        engine = RealEngine.find(folder);
        certificates = engine.certificates();
        proxy = EngineProxy.tls(engine.url(), certificates.server("engine"), PORT);
    }

    @AfterAll
    static void stop() throws Exception {
        if (proxy != null) {
            proxy.close();
            engine.close();
        }
    }

    @Test
    void everythingGoesOverTls() throws Exception {
        RecordedWatch watched = new RecordedWatch();
        try (Backend backend = engine.open(configuration("ca", "client", certificates.key("client")))) {
            assertThat(backend.info().product()).startsWith("Docker ");
            backend.capability(Watch.class).orElseThrow().watch(watched);
            assertThat(watched.sawRestored(PATIENCE)).isTrue();
            Provisioning provisioning = backend.capability(Provisioning.class).orElseThrow();
            String token = UUID.randomUUID().toString();
            NativeId id = provisioning.create(engine.spec("docker-tls-" + token, token), new FakeContext());
            try {
                backend.capability(PowerControl.class).orElseThrow().start(id, new FakeContext());
                RecordedConsole output = new RecordedConsole();
                try (Console console =
                        backend.capability(ConsoleAccess.class).orElseThrow().attach(id, output)) {
                    console.input("over tls\n".getBytes(StandardCharsets.UTF_8));
                    assertThat(output.saw("over tls\n", PATIENCE)).isTrue();
                }
            } finally {
                provisioning.delete(id, new FakeContext());
            }
            assertThat(watched.sawRemoved(id, PATIENCE)).isTrue();
        }
    }

    @Test
    void keyInTheOlderFormIsRead() throws Exception {
        engine.open(configuration("ca", "client", certificates.rsaKey("client")))
                .close();
    }

    @Test
    void engineOfAnotherAuthorityIsNotTrusted() throws Exception {
        assertRefused(
                configuration("stranger", "client", certificates.key("client")), ErrorCode.INVALID, "caCertificate");
    }

    @Test
    void clientThatTheEngineDoesNotKnowIsTold() throws Exception {
        assertRefused(
                configuration("ca", "stranger", certificates.key("stranger")), ErrorCode.DENIED, "clientCertificate");
    }

    @Test
    void certificateForAnotherNameIsNotTrusted() throws Exception {
        Map<String, Object> configuration = configuration("ca", "client", certificates.key("client"));
        int[] port = new int[1];
        try (EngineProxy nameless = EngineProxy.tls(engine.url(), certificates.server("client"), port)) {
            configuration.put("url", "tcp://127.0.0.1:" + port[0]);
            assertRefused(configuration, ErrorCode.INVALID, "url", "another name");
        }
    }

    @Test
    void keyOfAnotherCertificateOrNoKeyAtAllIsRefused() throws Exception {
        assertRefused(configuration("ca", "client", certificates.key("stranger")), ErrorCode.INVALID, "clientKey");
        assertRefused(configuration("ca", "client", "not a key"), ErrorCode.INVALID, "clientKey");
        Map<String, Object> half = configuration("ca", "client", certificates.key("client"));
        half.remove("clientKey");
        assertRefused(half, ErrorCode.INVALID, "clientKey");
        Map<String, Object> broken = configuration("ca", "client", certificates.key("client"));
        broken.put("caCertificate", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----");
        assertRefused(broken, ErrorCode.INVALID, "caCertificate");
    }

    @Test
    void messagesNeverHoldTheKey() throws Exception {
        String key = certificates.key("stranger");
        ProviderException e =
                catchThrowableOfType(ProviderException.class, () -> engine.open(configuration("ca", "client", key)));
        assertThat(e).hasMessageNotContaining(key.substring(40, 60));
    }

    private static Map<String, Object> configuration(String ca, String client, String key) throws Exception {
        Map<String, Object> configuration = new HashMap<>();
        configuration.put("url", "tcp://localhost:" + PORT[0]);
        configuration.put("caCertificate", certificates.certificate(ca));
        configuration.put("clientCertificate", certificates.certificate(client));
        configuration.put("clientKey", key);
        return configuration;
    }

    private static void assertRefused(Map<String, Object> configuration, ErrorCode code, String field) {
        assertRefused(configuration, code, field, field);
    }

    private static void assertRefused(Map<String, Object> configuration, ErrorCode code, String field, String about) {
        ProviderException e = catchThrowableOfType(
                ProviderException.class, () -> engine.open(configuration).close());
        assertThat(e.code()).as(e.getMessage()).isEqualTo(code);
        assertThat(e.field()).hasValue(field);
        assertThat(e).hasMessageContaining(about);
    }
}
