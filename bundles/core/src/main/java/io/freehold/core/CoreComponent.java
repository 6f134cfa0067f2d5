package io.freehold.core;

import io.freehold.api.FreeholdException;
import io.freehold.api.StartupFailure;
import io.freehold.api.admission.AdmissionPolicies;
import io.freehold.api.audit.AuditListener;
import io.freehold.api.audit.AuditLog;
import io.freehold.api.backend.BackendService;
import io.freehold.api.event.EventBus;
import io.freehold.api.instance.InstanceService;
import io.freehold.api.instance.InstanceStreams;
import io.freehold.api.operation.OperationService;
import io.freehold.api.plugin.PluginListener;
import io.freehold.api.project.ScopeOwner;
import io.freehold.api.project.ScopeRegistry;
import io.freehold.api.provider.Provider;
import io.freehold.api.security.Authorizer;
import io.freehold.api.security.Secrets;
import io.freehold.api.storage.Transactions;
import io.freehold.core.util.Timings;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * The core in the framework. It registers its services itself: they are faces of one thing, come and go
 * together, and two of them have methods that one class cannot have at once.
 */
@Component(
        service = {},
        immediate = true)
@Capability(
        namespace = "osgi.service",
        attribute = "objectClass:List<String>='io.freehold.api.admission.AdmissionPolicies,"
                + "io.freehold.api.audit.AuditListener,"
                + "io.freehold.api.backend.BackendService,"
                + "io.freehold.api.event.EventBus,"
                + "io.freehold.api.instance.InstanceService,"
                + "io.freehold.api.instance.InstanceStreams,"
                + "io.freehold.api.operation.OperationService,"
                + "io.freehold.api.plugin.PluginListener,"
                + "io.freehold.api.project.ScopeOwner'",
        effective = "active")
public final class CoreComponent {
    private final Core core;
    private final List<ServiceRegistration<?>> registrations = new ArrayList<>();

    @Activate
    public CoreComponent(
            BundleContext context,
            @Reference Transactions transactions,
            @Reference Authorizer authorizer,
            @Reference AuditLog audit,
            @Reference Secrets secrets,
            @Reference ScopeRegistry registry) {
        try {
            core = new Core(transactions, authorizer, audit, secrets, registry, Timings.STANDARD, Clock.systemUTC());
        } catch (FreeholdException e) {
            StartupFailure.report(context, String.valueOf(e.getMessage()));
            throw e;
        }
        Core.Services services = core.services();
        register(context, EventBus.class, services.events());
        register(context, AuditListener.class, services.auditListener());
        register(context, PluginListener.class, services.pluginListener());
        register(context, AdmissionPolicies.class, services.policies());
        register(context, BackendService.class, services.backends());
        register(context, OperationService.class, services.operations());
        register(context, InstanceStreams.class, services.streams());
        register(context, ScopeOwner.class, services.scopes());
        register(context, InstanceService.class, services.instances());
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addProvider(Provider provider, ServiceReference<Provider> reference) {
        core.providerAdded(provider, reference.getBundle().getVersion().toString());
    }

    void removeProvider(Provider provider) {
        core.providerRemoved(provider);
    }

    @Deactivate
    void deactivate() {
        registrations.forEach(ServiceRegistration::unregister);
        core.close();
    }

    private <T> void register(BundleContext context, Class<T> type, T service) {
        registrations.add(context.registerService(type, service, null));
    }
}
