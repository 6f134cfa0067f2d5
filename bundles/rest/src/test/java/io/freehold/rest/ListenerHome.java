package io.freehold.rest;

import io.freehold.rest.http.ApiEndpoint;
import io.freehold.rest.memory.Memory;
import io.freehold.rest.resource.Services;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;

/** The listener in a framework, in front of services in memory. */
public final class ListenerHome implements AutoCloseable {
    private final Memory memory = new Memory();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final TestFramework framework;
    private final HttpListener listener;

    public ListenerHome(Path folder) throws BundleException {
        framework = new TestFramework(folder, Map.of("freehold.http.port", "0"));
        listener = listener(framework.context(), memory);
    }

    static HttpListener listener(BundleContext context, Memory memory) {
        Services services = memory.services();
        return new HttpListener(
                context,
                services.authenticator(),
                services.authorizer(),
                services.sessions(),
                services.setup(),
                services.users(),
                services.roles(),
                services.totp(),
                services.apiTokens(),
                services.groups(),
                services.projects(),
                services.review(),
                services.secrets(),
                services.audit(),
                services.backends(),
                services.instances(),
                services.streams(),
                services.operations(),
                services.policies(),
                services.events(),
                services.plugins(),
                services.alerts(),
                services.transactions());
    }

    public Memory memory() {
        return memory;
    }

    public BundleContext context() {
        return framework.context();
    }

    public HttpClient client() {
        return client;
    }

    /** A request with a token. */
    public HttpRequest.Builder request(String path, String token) {
        Object address = context().getServiceReference(ApiEndpoint.class).getProperty(ApiEndpoint.ADDRESS);
        return HttpRequest.newBuilder(URI.create(address + path))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + token);
    }

    @Override
    public void close() throws BundleException {
        listener.stop();
        framework.close();
    }
}
