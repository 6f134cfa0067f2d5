package io.freehold.rest.admin;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.Settings;
import io.freehold.api.StartupFailure;
import io.freehold.api.audit.AuditLog;
import io.freehold.api.plugin.BundleDoctor;
import io.freehold.api.security.Authenticator;
import io.freehold.rest.HttpSettings;
import io.freehold.rest.http.ApiEndpoint;
import io.freehold.rest.http.FrontHandler;
import io.freehold.rest.http.JettyServers;
import io.freehold.rest.http.Problems;
import io.freehold.rest.json.Json;
import java.io.IOException;
import java.util.Map;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.unixdomain.server.UnixDomainServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * Listens at {@code data/admin.sock} for whoever owns the data folder. It needs no other service, so that it
 * is there to start what is stopped.
 */
@Component(
        immediate = true,
        service = {})
public final class AdminSocket {
    private static final int MAX_THREADS = 12;

    private final Served served = new Served();
    private final SocketFile file;
    private final Server server;

    @Activate
    public AdminSocket(BundleContext context) {
        Settings settings = Settings.of(context);
        try {
            file = SocketFile.in(settings.data());
            server = server(context, settings, file);
            start(server, file);
        } catch (FreeholdException e) {
            StartupFailure.report(context, String.valueOf(e.getMessage()));
            throw e;
        }
    }

    private Server server(BundleContext context, Settings settings, SocketFile socket) {
        Json json = new Json();
        Problems problems = new Problems(json);
        Server created = JettyServers.create("admin", MAX_THREADS, problems);
        UnixDomainServerConnector connector = new UnixDomainServerConnector(created, 1, 1, JettyServers.http());
        connector.setUnixDomainPath(socket.path());
        created.addConnector(connector);
        Handler handler = new Handler.Sequence(
                new AdminHandler(served, context, problems, json, HttpSettings.features(settings)),
                JettyServers.nothingHere(problems));
        created.setHandler(FrontHandler.ofAdminSocket(handler, problems));
        return created;
    }

    private static void start(Server server, SocketFile socket) {
        try {
            server.start();
            socket.restrict();
        } catch (Exception e) {
            LifeCycle.stop(server);
            throw e instanceof FreeholdException refusal
                    ? refusal
                    : new FreeholdException(
                            ErrorCode.UNAVAILABLE,
                            "The admin socket " + socket.path() + " cannot be made: " + e.getMessage(),
                            e);
        }
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindApi(ApiEndpoint endpoint, Map<String, Object> properties) {
        served.listening.set(new Served.Listening(endpoint, String.valueOf(properties.get(ApiEndpoint.ADDRESS))));
    }

    void unbindApi(ApiEndpoint endpoint) {
        served.listening.updateAndGet(now -> now == null || now.endpoint() == endpoint ? null : now);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindAuthenticator(Authenticator authenticator) {
        served.authenticator.set(authenticator);
    }

    void unbindAuthenticator(Authenticator authenticator) {
        served.authenticator.compareAndSet(authenticator, null);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindAudit(AuditLog audit) {
        served.audit.set(audit);
    }

    void unbindAudit(AuditLog audit) {
        served.audit.compareAndSet(audit, null);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindDoctor(BundleDoctor doctor) {
        served.doctor.set(doctor);
    }

    void unbindDoctor(BundleDoctor doctor) {
        served.doctor.compareAndSet(doctor, null);
    }

    @Deactivate
    void stop() throws IOException {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("The admin socket did not stop as it should", e);
        } finally {
            file.remove();
        }
    }
}
