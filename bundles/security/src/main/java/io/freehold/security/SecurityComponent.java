package io.freehold.security;

import io.freehold.api.FreeholdException;
import io.freehold.api.Settings;
import io.freehold.api.StartupFailure;
import io.freehold.api.audit.AuditListener;
import io.freehold.api.audit.AuditLog;
import io.freehold.api.project.ProjectService;
import io.freehold.api.project.ScopeOwner;
import io.freehold.api.project.ScopeRegistry;
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
import io.freehold.security.audit.Anchors;
import io.freehold.security.audit.Sealing;
import io.freehold.security.hashing.PasswordHasher;
import io.freehold.security.rbac.DeclaredPermissions;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offers the services for as long as there is a database. They are one whole, so they come and go together:
 * {@link Security} puts them together, not the component runtime.
 */
@Component(
        service = {},
        immediate = true)
@Capability(
        namespace = "osgi.service",
        attribute = "objectClass:List<String>='io.freehold.api.audit.AuditLog,"
                + "io.freehold.api.security.ApiTokenService,io.freehold.api.security.TotpService,"
                + "io.freehold.api.project.ProjectService,io.freehold.api.project.ScopeRegistry,"
                + "io.freehold.api.security.AccessReview,io.freehold.api.security.GroupService,"
                + "io.freehold.api.security.Authenticator,io.freehold.api.security.Authorizer,"
                + "io.freehold.api.security.RoleService,io.freehold.api.security.Secrets,"
                + "io.freehold.api.security.SessionService,io.freehold.api.security.SetupService,"
                + "io.freehold.api.security.UserService'")
public final class SecurityComponent {
    private static final Logger LOG = LoggerFactory.getLogger(SecurityComponent.class);

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private final List<AuditListener> listeners = new CopyOnWriteArrayList<>();

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private final List<ScopeOwner> owners = new CopyOnWriteArrayList<>();

    private final DeclaredPermissions declared;
    private final Anchors anchors;
    private final Sealing sealing;
    private final Deque<ServiceRegistration<?>> registrations = new ArrayDeque<>();

    /** Called by the component runtime. */
    @Activate
    public SecurityComponent(BundleContext context, @Reference Transactions transactions) {
        Security security = open(context, transactions);
        declared = new DeclaredPermissions(context, security.builtInRoles(), security.accounts());
        declared.open();
        anchors = security.anchors();
        anchors.start();
        sealing = security.sealing();
        sealing.start();
        listeners.add(anchors);
        register(context, AuditLog.class, security.auditLog());
        register(context, Authorizer.class, security.authorizer());
        register(context, Secrets.class, security.secrets());
        register(context, UserService.class, security.users());
        register(context, RoleService.class, security.roles());
        register(context, TotpService.class, security.totp());
        register(context, ApiTokenService.class, security.apiTokens());
        register(context, GroupService.class, security.rbac().groups());
        register(context, ProjectService.class, security.rbac().projects());
        register(context, ScopeRegistry.class, security.rbac().scopes());
        register(context, AccessReview.class, security.rbac().review());
        register(context, SessionService.class, security.sessions());
        register(context, SetupService.class, security.setup());
        // The last to come and the first to go: whoever listens waits for it.
        register(context, Authenticator.class, security.authenticator());
        measure(security.hasher());
    }

    /** Beside the start, which it must not hold up. */
    private static void measure(PasswordHasher hasher) {
        Thread thread = new Thread(
                () -> {
                    try {
                        hasher.measure(System::nanoTime);
                    } catch (FreeholdException e) {
                        LOG.warn("How long hashing takes could not be measured; passwords get the least cost", e);
                    }
                },
                "hash-measure");
        thread.setDaemon(true);
        thread.start();
    }

    private Security open(BundleContext context, Transactions transactions) {
        try {
            Settings settings = Settings.of(context);
            return Security.open(transactions, settings, Clock.systemUTC(), System::nanoTime, listeners, owners);
        } catch (FreeholdException e) {
            StartupFailure.report(context, String.valueOf(e.getMessage()));
            throw e;
        }
    }

    private <S> void register(BundleContext context, Class<S> type, S service) {
        registrations.push(context.registerService(type, service, null));
    }

    /** Called by the component runtime. */
    @Deactivate
    void close() {
        while (!registrations.isEmpty()) {
            registrations.pop().unregister();
        }
        declared.close();
        sealing.close();
        anchors.close();
    }
}
