package io.freehold.automation;

import io.freehold.api.FreeholdException;
import io.freehold.api.Settings;
import io.freehold.api.StartupFailure;
import io.freehold.api.alert.AlertService;
import io.freehold.api.audit.AuditListener;
import io.freehold.api.audit.AuditLog;
import io.freehold.api.security.Authorizer;
import io.freehold.api.security.Secrets;
import io.freehold.api.storage.Migration;
import io.freehold.api.storage.Transactions;
import io.freehold.automation.alert.AlertChannels;
import io.freehold.automation.alert.Alerts;
import io.freehold.automation.alert.ChannelBook;
import io.freehold.automation.alert.Outbox;
import io.freehold.automation.alert.WaitingAlerts;
import io.freehold.automation.delivery.Delivery;
import io.freehold.automation.delivery.Targets;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Listens to the audit log, and offers the channels of alerts, for as long as there is a database and security. */
@Component(
        service = {},
        immediate = true)
@Capability(
        namespace = "osgi.service",
        attribute = "objectClass:List<String>='io.freehold.api.alert.AlertService,"
                + "io.freehold.api.audit.AuditListener'",
        effective = "active")
public final class AutomationComponent {
    /** Of the bundle's tables, in their order. */
    public static final List<Migration> MIGRATIONS = List.of(
            Migration.of(AutomationComponent.class, "001-automation"),
            Migration.of(AutomationComponent.class, "002-waiting"),
            Migration.of(AutomationComponent.class, "003-versions"));

    private final Outbox outbox;
    private final Deque<ServiceRegistration<?>> registrations = new ArrayDeque<>();

    /** Called by the component runtime. */
    @Activate
    public AutomationComponent(
            BundleContext context,
            @Reference Transactions transactions,
            @Reference Authorizer authorizer,
            @Reference AuditLog audit,
            @Reference Secrets secrets) {
        Clock clock = Clock.systemUTC();
        try {
            transactions.migrate("automation", MIGRATIONS);
            Delivery delivery = new Delivery(new Targets(privateHosts(Settings.of(context))), clock);
            ChannelBook book = new ChannelBook(transactions, secrets, delivery, clock);
            outbox = new Outbox(book, new WaitingAlerts(transactions), clock);
            outbox.start();
            register(context, AuditListener.class, new Alerts(outbox));
            register(context, AlertService.class, new AlertChannels(transactions, authorizer, audit, book, clock));
        } catch (FreeholdException e) {
            StartupFailure.report(context, String.valueOf(e.getMessage()));
            throw e;
        }
    }

    private static Set<String> privateHosts(Settings settings) {
        return Arrays.stream(settings.text("alert.private.hosts").orElse("").split(",", -1))
                .map(String::strip)
                .filter(host -> !host.isEmpty())
                .collect(Collectors.toSet());
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
        outbox.close();
    }
}
