package io.freehold.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freehold.api.FreeholdException;
import io.freehold.api.StartupFailure;
import io.freehold.rest.http.ApiEndpoint;
import io.freehold.rest.memory.Memory;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.ServiceReference;

class HttpListenerTest {
    @TempDir
    Path folder;

    @Test
    void itSaysWhereItListensUntilItStops() throws Exception {
        try (TestFramework framework = new TestFramework(folder, Map.of("freehold.http.port", "0"))) {
            HttpListener listener = ListenerHome.listener(framework.context(), new Memory());
            ServiceReference<ApiEndpoint> endpoint = framework.context().getServiceReference(ApiEndpoint.class);
            String address = String.valueOf(endpoint.getProperty("freehold.address"));
            assertThat(address).startsWith("http://127.0.0.1:");
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(address + "/healthz")).build();
            HttpClient client = HttpClient.newHttpClient();
            assertThat(client.send(request, BodyHandlers.ofString()).statusCode())
                    .isEqualTo(200);
            listener.stop();
            assertThat(framework.context().getServiceReference(ApiEndpoint.class))
                    .isNull();
            assertThatThrownBy(() -> client.send(request, BodyHandlers.ofString()))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void theVersionIsThatOfTheProduct() throws Exception {
        try (TestFramework framework =
                new TestFramework(folder, Map.of("freehold.http.port", "0", "freehold.version", "1.2.3-SNAPSHOT"))) {
            HttpListener listener = ListenerHome.listener(framework.context(), new Memory());
            Object address =
                    framework.context().getServiceReference(ApiEndpoint.class).getProperty("freehold.address");
            HttpRequest request = HttpRequest.newBuilder(URI.create(address + "/api/v1/system"))
                    .header("Authorization", "Bearer " + Memory.ADMIN)
                    .build();
            assertThat(HttpClient.newHttpClient()
                            .send(request, BodyHandlers.ofString())
                            .body())
                    .startsWith("{\"version\":\"1.2.3-SNAPSHOT\",");
            listener.stop();
        }
    }

    @Test
    void whatKeepsItFromListeningIsReportedInOneLine() throws Exception {
        try (TestServer other = new TestServer();
                TestFramework framework = new TestFramework(
                        folder,
                        Map.of(
                                "freehold.http.port",
                                String.valueOf(other.uri("/").getPort())))) {
            assertThatThrownBy(() -> ListenerHome.listener(framework.context(), new Memory()))
                    .isInstanceOf(FreeholdException.class);
            ServiceReference<StartupFailure> failure = framework.context().getServiceReference(StartupFailure.class);
            assertThat(String.valueOf(failure.getProperty(StartupFailure.MESSAGE)))
                    .startsWith("Port ")
                    .contains("is already in use")
                    .doesNotContain("\n");
        }
    }
}
