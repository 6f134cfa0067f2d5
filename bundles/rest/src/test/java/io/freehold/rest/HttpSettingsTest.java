package io.freehold.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freehold.api.FreeholdException;
import io.freehold.api.Settings;
import io.freehold.rest.memory.Memory;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpSettingsTest {
    private static HttpSettings settings(Map<String, String> values) {
        return HttpSettings.of(Settings.of(values::get));
    }

    @Test
    void withoutSettingsItListensOnLoopback() {
        assertThat(settings(Map.of())).isEqualTo(new HttpSettings("127.0.0.1", 8080, null, List.of()));
        assertThat(settings(Map.of("freehold.features", "base, rest", "freehold.public.url", "https://a.example")))
                .isEqualTo(
                        new HttpSettings("127.0.0.1", 8080, URI.create("https://a.example"), List.of("base", "rest")));
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
        assertThatThrownBy(() -> settings(Map.of("freehold.http.host", "no.such.host.invalid")))
                .hasMessageContaining("http.host");
    }

    @Test
    void aTakenPortIsOneClearLine(@TempDir Path folder) {
        try (TestServer first = new TestServer();
                HttpServer second = new HttpServer(
                        new HttpSettings("127.0.0.1", first.uri("/").getPort(), null, List.of()),
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
