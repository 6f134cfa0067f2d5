package io.freehold.rest.plugin;

import io.freehold.api.plugin.BundleCheck;
import io.freehold.rest.ListenerHome;
import io.freehold.rest.memory.Memory;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;

/** Resources that the framework's own bundle brings stand for those of any plugin. */
abstract class MountsHome {
    static final String BASE = "/api/v1/plugins/org.apache.felix.framework/";

    @TempDir
    Path folder;

    ListenerHome home;
    BundleContext context;

    @BeforeEach
    void start() throws Exception {
        home = new ListenerHome(folder);
        context = home.context();
    }

    @AfterEach
    void stop() throws Exception {
        home.close();
    }

    ServiceRegistration<?> bring(Object resource, String property) {
        return context.registerService(Object.class, resource, FrameworkUtil.asDictionary(Map.of(property, true)));
    }

    ServiceRegistration<?> bring(Object resource) {
        return bring(resource, "osgi.jakartars.resource");
    }

    int status(String path, String token) throws Exception {
        return home.client()
                .send(home.request(path, token).build(), BodyHandlers.discarding())
                .statusCode();
    }

    List<String> problems() {
        return problems(context.getBundle());
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return home.client().send(request.build(), BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path) throws Exception {
        return send(home.request(path, Memory.ADMIN));
    }

    ServiceRegistration<?> bring(Bundle bundle, Object resource) {
        return bundle.getBundleContext()
                .registerService(
                        Object.class, resource, FrameworkUtil.asDictionary(Map.of("osgi.jakartars.resource", true)));
    }

    List<String> problems(Bundle bundle) {
        return Objects.requireNonNull(context.getService(context.getServiceReference(BundleCheck.class)))
                .problems(bundle);
    }
}
