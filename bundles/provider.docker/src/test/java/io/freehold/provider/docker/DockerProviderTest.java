package io.freehold.provider.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.freehold.api.ErrorCode;
import io.freehold.api.provider.BackendConfig;
import io.freehold.api.provider.ProviderException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Opening where there is no engine. */
class DockerProviderTest {
    private final DockerProvider provider = new DockerProvider();

    private ProviderException refused(Map<String, Object> config) {
        BackendConfig wanted = new BackendConfig(
                UUID.randomUUID(), "test", provider.info().configuration().read(config));
        return catchThrowableOfType(
                ProviderException.class, () -> provider.open(wanted).close());
    }

    @Test
    void theAddressIsToBlameWhereNothingAnswers() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        for (String url : new String[] {"unix:///no/such/docker.sock", "tcp://127.0.0.1:" + port}) {
            ProviderException e = refused(Map.of("url", url));
            assertThat(e.code()).as(url).isEqualTo(ErrorCode.UNAVAILABLE);
            assertThat(e.field()).as(url).hasValue("url");
        }
    }

    @Test
    void anAddressThatIsNoneIsToBlame() {
        ProviderException e = refused(Map.of("url", "ftp://example.org"));
        assertThat(e.code()).isEqualTo(ErrorCode.INVALID);
        assertThat(e.field()).hasValue("url");
    }
}
