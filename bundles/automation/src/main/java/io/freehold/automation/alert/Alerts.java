package io.freehold.automation.alert;

import io.freehold.api.alert.AlertEvent;
import io.freehold.api.audit.AuditEntry;
import io.freehold.api.audit.AuditListener;
import io.freehold.automation.delivery.Message;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** Turns audit entries into messages for the channels that want them. It is called by one thread at a time. */
public final class Alerts implements AuditListener {
    private static final Map<AlertEvent, String> TITLES = Map.of(
            AlertEvent.GUESSING, "Freehold: somebody is guessing passwords, codes or tokens",
            AlertEvent.NEW_PLACE, "Freehold: a sign-in from a new place",
            AlertEvent.TOKEN_REPLAY, "Freehold: a session's token was used twice",
            AlertEvent.MASS_DENIAL, "Freehold: somebody is refused again and again",
            AlertEvent.PRIVILEGE_CHANGE, "Freehold: privileges have changed",
            AlertEvent.AUDIT_TAMPERING, "Freehold: the audit log was tampered with");

    private final Detector detector = new Detector();
    private final Outbox outbox;

    public Alerts(Outbox outbox) {
        this.outbox = outbox;
    }

    @Override
    public synchronized void recorded(AuditEntry entry) {
        detector.of(entry).ifPresent(event -> outbox.add(event, message(event, entry)));
    }

    private static Message message(AlertEvent event, AuditEntry entry) {
        String title = TITLES.getOrDefault(event, "Freehold: an alert");
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("event", event.id());
        data.put("auditSequence", entry.sequence());
        data.put("actor", entry.actor());
        data.put("actorName", entry.actorName());
        data.put("action", entry.action());
        data.put("resource", entry.resource());
        data.put("outcome", entry.outcome().name());
        data.put("address", entry.source());
        data.put("detail", entry.detail());
        data.put("requestId", entry.requestId());
        String who = entry.actorName().isEmpty() ? entry.actor() : entry.actorName() + " (" + entry.actor() + ")";
        String text = title.substring("Freehold: ".length()) + ".\n\nwhen: " + entry.time() + "\nwho: " + who
                + "\nfrom: " + entry.source() + "\nwhat: " + entry.action() + " " + entry.outcome() + "\non: "
                + (entry.resource().isEmpty() ? "-" : entry.resource()) + "\ndetail: "
                + (entry.detail().isEmpty() ? "-" : entry.detail()) + "\naudit entry: " + entry.sequence() + "\n";
        return new Message(
                UUID.randomUUID().toString(), "io.freehold.alert." + event.id(), entry.time(), title, text, data);
    }
}
