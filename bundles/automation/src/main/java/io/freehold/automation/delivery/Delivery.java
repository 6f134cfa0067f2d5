package io.freehold.automation.delivery;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.freehold.api.Secret;
import io.freehold.api.alert.AlertChannel;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Delivers a message by a channel, once. */
public final class Delivery {
    private final ObjectMapper json = new ObjectMapper();
    private final HttpPost post;
    private final MailDelivery mail;
    private final Clock clock;

    public Delivery(Targets targets, Clock clock) {
        this.post = new HttpPost(targets);
        this.mail = new MailDelivery(targets, clock);
        this.clock = clock;
    }

    /**
     * Delivers.
     *
     * @throws IOException if it was not taken; the message is for people and has no secret
     */
    public void send(AlertChannel.Settings channel, @Nullable Secret secret, Message message) throws IOException {
        switch (channel.type()) {
            case WEBHOOK -> webhook(channel, secret, message);
            case NTFY -> ntfy(channel, secret, message);
            case EMAIL -> mail.send(channel, secret, message);
        }
    }

    private void webhook(AlertChannel.Settings channel, @Nullable Secret secret, Message message) throws IOException {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("specversion", "1.0");
        event.put("id", message.id());
        event.put("source", "/freehold");
        event.put("type", message.type());
        event.put("time", message.time().toString());
        event.put("datacontenttype", "application/json");
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("title", message.title());
        data.put("text", message.text());
        data.putAll(message.data());
        event.put("data", data);
        byte[] body = json.writeValueAsBytes(event);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/cloudevents+json; charset=utf-8");
        if (secret != null) {
            headers.put("Freehold-Signature", signature(secret, body));
        }
        post.send(URI.create(channel.url()), headers, body);
    }

    /** {@code t=SECONDS,v1=HMAC}: HMAC-SHA256 over the seconds since 1970, a full stop and the body. */
    private String signature(Secret secret, byte[] body) {
        String seconds = Long.toString(clock.instant().getEpochSecond());
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.reveal().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update((seconds + ".").getBytes(StandardCharsets.US_ASCII));
            return "t=" + seconds + ",v1=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has HMAC-SHA256", e);
        }
    }

    private void ntfy(AlertChannel.Settings channel, @Nullable Secret secret, Message message) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "text/plain; charset=utf-8");
        headers.put("Title", message.title());
        headers.put("Priority", "high");
        headers.put("Tags", "warning");
        if (secret != null) {
            headers.put("Authorization", "Bearer " + secret.reveal());
        }
        post.send(URI.create(channel.url()), headers, message.text().getBytes(StandardCharsets.UTF_8));
    }
}
