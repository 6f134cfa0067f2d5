package io.freehold.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freehold.api.FreeholdException;
import io.freehold.api.Settings;
import io.freehold.rest.memory.Memory;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpSettingsTest {
    private static HttpSettings settings(Map<String, String> values) {
        return HttpSettings.of(Settings.of(values::get));
    }

    @Test
    void withoutSettingsItListensOnLoopback() {
        HttpSettings settings = settings(Map.of());
        assertThat(settings.host()).isEqualTo("127.0.0.1");
        assertThat(settings.port()).isEqualTo(8080);
        assertThat(settings.publicUrl()).isNull();
        assertThat(settings.features()).isEmpty();
        assertThat(settings.tls()).isNull();
        assertThat(settings.proxies().any()).isFalse();
        settings = settings(Map.of("freehold.features", "base, rest", "freehold.public.url", "https://a.example"));
        assertThat(settings.publicUrl()).isEqualTo(URI.create("https://a.example"));
        assertThat(settings.features()).containsExactly("base", "rest");
    }

    @Test
    void plainHttpElsewhereIsRefused() {
        assertThatThrownBy(() -> settings(Map.of("freehold.http.host", "0.0.0.0")))
                .isInstanceOf(FreeholdException.class)
                .hasMessageContaining("loopback addresses only")
                .hasMessageContaining("FREEHOLD_HTTP_HOST")
                .hasMessageContaining("0.0.0.0");
    }

    @Test
    void wrongSettingsAreNamed() {
        assertThatThrownBy(() -> settings(Map.of("freehold.http.port", "x"))).hasMessageContaining("http.port");
        assertThatThrownBy(() -> settings(Map.of("freehold.public.url", "panel")))
                .hasMessageContaining("public.url");
        assertThatThrownBy(() -> settings(Map.of("freehold.security.contact", "me")))
                .hasMessageContaining("mailto:");
        assertThatThrownBy(() -> settings(Map.of("freehold.http.host", "no.such.host.invalid")))
                .hasMessageContaining("http.host");
    }

    @Test
    void aTakenPortIsOneClearLine(@TempDir Path folder) {
        try (TestServer first = new TestServer();
                HttpServer second = new HttpServer(
                        settings(Map.of(
                                "freehold.http.port",
                                String.valueOf(first.uri("/").getPort()))),
                        new Memory().services(),
                        "0",
                        new NoPlugins(),
                        new Memory().replays(),
                        folder)) {
            assertThatThrownBy(second::start)
                    .isInstanceOf(FreeholdException.class)
                    .hasMessage("Port " + first.uri("/").getPort() + " on 127.0.0.1 is already in use: set http.port in"
                            + " etc/freehold.cfg or FREEHOLD_HTTP_PORT");
        }
    }
}
