package io.freehold.provider.docker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freehold.api.ErrorCode;
import io.freehold.api.provider.ProviderException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EngineAddressTest {

    @Test
    void unixSocketIsRead() {
        EngineAddress address = EngineAddress.of("unix:///run/x/docker.sock", false);
        assertThat(address.isUnix()).isTrue();
        assertThat(address.socket()).isEqualTo("/run/x/docker.sock");
    }

    @ParameterizedTest
    @CsvSource({
        "tcp://engine.example:2376, true, engine.example, 2376",
        "https://engine.example:4243, true, engine.example, 4243",
        "tcp://engine.example, true, engine.example, 2376",
        "tcp://[2001:db8::1]:2376, true, 2001:db8::1, 2376",
        "tcp://127.0.0.1:2375, false, 127.0.0.1, 2375",
        "tcp://localhost, false, localhost, 2375",
        "tcp://[::1]:1, false, ::1, 1"
    })
    void tcpAddressIsRead(String url, boolean tls, String host, int port) {
        EngineAddress address = EngineAddress.of(url, tls);
        assertThat(address.isUnix()).isFalse();
        assertThat(address.host()).isEqualTo(host);
        assertThat(address.port()).isEqualTo(port);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tcp://engine.example:2375",
                "tcp://10.0.0.1",
                "tcp://127.0.0.1.example:2375",
                "https://127.0.0.1:2375",
                "unix://",
                "unix:///",
                "/var/run/docker.sock",
                "http://localhost",
                "npipe:////./pipe/docker",
                "tcp://",
                "tcp://a b"
            })
    void whatIsUnsafeOrUnknownIsRefusedWithoutCertificates(String url) {
        assertRefused(url, false);
    }

    @Test
    void unixSocketTakesNoCertificates() {
        assertRefused("unix:///run/docker.sock", true);
    }

    private static void assertRefused(String url, boolean tls) {
        assertThatThrownBy(() -> EngineAddress.of(url, tls)).isInstanceOfSatisfying(ProviderException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.INVALID);
            assertThat(e.field()).hasValue("url");
        });
    }
}
