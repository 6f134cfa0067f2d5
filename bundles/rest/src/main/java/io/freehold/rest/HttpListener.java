package io.freehold.rest;

import io.freehold.api.FreeholdException;
import io.freehold.api.Settings;
import io.freehold.api.StartupFailure;
import io.freehold.api.admission.AdmissionPolicies;
import io.freehold.api.alert.AlertService;
import io.freehold.api.audit.AuditListener;
import io.freehold.api.audit.AuditLog;
import io.freehold.api.backend.BackendService;
import io.freehold.api.event.EventBus;
import io.freehold.api.instance.InstanceService;
import io.freehold.api.instance.InstanceStreams;
import io.freehold.api.operation.OperationService;
import io.freehold.api.plugin.BundleCheck;
import io.freehold.api.plugin.PluginService;
import io.freehold.api.project.ProjectService;
import io.freehold.api.security.AccessReview;
import io.freehold.api.security.ApiTokenService;
import io.freehold.api.security.Authenticator;
import io.freehold.api.security.Authorizer;
import io.freehold.api.security.GroupService;
import io.freehold.api.security.RoleService;
import io.freehold.api.security.Secrets;
import io.freehold.api.security.SessionService;
import io.freehold.api.security.SetupService;
import io.freehold.api.security.TotpService;
import io.freehold.api.security.UserService;
import io.freehold.api.storage.Transactions;
import io.freehold.rest.http.Api;
import io.freehold.rest.http.ApiEndpoint;
import io.freehold.rest.http.Problems;
import io.freehold.rest.http.Route;
import io.freehold.rest.idempotency.Replays;
import io.freehold.rest.json.Json;
import io.freehold.rest.plugin.PluginMounts;
import io.freehold.rest.resource.Services;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens for HTTP. Every service is a mandatory, static reference: when one goes away, the authenticator
 * first of all, the socket is closed, and it is opened again when all are there.
 */
@Component(
        immediate = true,
        service = {})
public final class HttpListener implements ApiEndpoint {
    private static final Logger LOG = LoggerFactory.getLogger(HttpListener.class);

    private final HttpServer server;
    private final PluginMounts mounts;
    private final ServiceRegistration<ApiEndpoint> registration;
    private final ServiceRegistration<BundleCheck> checks;
    private final ServiceRegistration<AuditListener> revocations;

    @Activate
    public HttpListener(
            BundleContext context,
            @Reference Authenticator authenticator,
            @Reference Authorizer authorizer,
            @Reference SessionService sessions,
            @Reference SetupService setup,
            @Reference UserService users,
            @Reference RoleService roles,
            @Reference TotpService totp,
            @Reference ApiTokenService apiTokens,
            @Reference GroupService groups,
            @Reference ProjectService projects,
            @Reference AccessReview review,
            @Reference Secrets secrets,
            @Reference AuditLog audit,
            @Reference BackendService backends,
            @Reference InstanceService instances,
            @Reference InstanceStreams streams,
            @Reference OperationService operations,
            @Reference AdmissionPolicies policies,
            @Reference EventBus events,
            @Reference PluginService plugins,
            @Reference AlertService alerts,
            @Reference Transactions transactions) {
        Services services = new Services(
                authenticator,
                authorizer,
                sessions,
                setup,
                users,
                roles,
                totp,
                apiTokens,
                groups,
                projects,
                review,
                secrets,
                audit,
                backends,
                instances,
                streams,
                operations,
                policies,
                events,
                plugins,
                alerts,
                transactions);
        Json json = new Json();
        Replays replays = new Replays(transactions, secrets, json, Clock.systemUTC());
        mounts = new PluginMounts(context, authorizer, replays, new Problems(json));
        try {
            Settings settings = Settings.of(context);
            server = new HttpServer(
                    HttpSettings.of(settings),
                    services,
                    HttpSettings.version(context),
                    mounts,
                    replays,
                    settings.data());
            mounts.open();
            server.start();
        } catch (FreeholdException e) {
            mounts.close();
            StartupFailure.report(context, String.valueOf(e.getMessage()));
            throw e;
        }
        String address = server.address();
        LOG.info("Serving at {}", address);
        revocations = context.registerService(AuditListener.class, new Revocations(server::recheck), null);
        server.tls().ifPresent(tls -> LOG.info("Serving at {}", tls.address()));
        checks = context.registerService(BundleCheck.class, mounts, null);
        registration = context.registerService(
                ApiEndpoint.class, this, FrameworkUtil.asDictionary(Map.of(ApiEndpoint.ADDRESS, address)));
    }

    @Override
    public Api api() {
        return server.api();
    }

    @Override
    public Optional<Tls> tls() {
        return server.tls();
    }

    @Override
    public List<Route> routes() {
        return server.routes();
    }

    @Deactivate
    void stop() {
        registration.unregister();
        checks.unregister();
        revocations.unregister();
        server.close();
        mounts.close();
    }
}
