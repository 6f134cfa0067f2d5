package io.freehold.provider.docker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import io.freehold.api.ErrorCode;
import io.freehold.api.provider.ProviderException;
import org.junit.jupiter.params.provider.ValueSource;

/** An address is a socket, or TCP that without TLS stays on this machine; everything else is refused as invalid. */
class EngineAddressFuzzTest {
    @ValueSource(
            strings = {
                "unix:///var/run/docker.sock",
                "tcp://127.0.0.1:2375",
                "tcp://[::1]",
                "https://engine.example:2376/x",
                "tcp://localhost@evil.example",
                "tcp://127.0.0.1.evil.example"
            })
    @FuzzTest
    void plainTcpStaysOnThisMachine(@NotNull String url) {
        EngineAddress protectedOne = read(url, true);
        EngineAddress plain = read(url, false);
        if (protectedOne != null) {
            assertThat(protectedOne.isUnix()).isFalse();
        }
        if (plain != null && !plain.isUnix()) {
            assertThat(plain.host()).matches("localhost|::1|127\\.[0-9.]+");
            assertThat(plain.port()).isBetween(1, 65_535);
        }
    }

    private static EngineAddress read(String url, boolean tls) {
        try {
            return EngineAddress.of(url, tls);
        } catch (ProviderException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.INVALID);
            return null;
        }
    }
}
