package io.freehold.automation.delivery;

import io.freehold.api.Secret;
import io.freehold.api.alert.AlertChannel;
import java.io.IOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.net.SocketFactory;
import org.apache.commons.net.smtp.AuthenticatingSMTPClient;
import org.apache.commons.net.smtp.SMTPReply;
import org.jspecify.annotations.Nullable;

/**
 * Sends plain mails. {@code smtps} is TLS from the first byte; {@code smtp} takes STARTTLS where the server
 * offers it, and without it sends no password.
 */
final class MailDelivery {
    private static final int MILLIS = 10_000;

    private final Targets targets;
    private final Clock clock;

    MailDelivery(Targets targets, Clock clock) {
        this.targets = targets;
        this.clock = clock;
    }

    void send(AlertChannel.Settings channel, @Nullable Secret secret, Message message) throws IOException {
        URI url = URI.create(channel.url());
        boolean implicit = "smtps".equals(url.getScheme());
        AuthenticatingSMTPClient client = new AuthenticatingSMTPClient("TLS", implicit, "UTF-8");
        client.setEndpointCheckingEnabled(true);
        client.setSocketFactory(new CheckedSockets(targets, url.getHost()));
        client.setConnectTimeout(MILLIS / 2);
        client.setDefaultTimeout(MILLIS);
        try {
            client.connect(url.getHost(), url.getPort() > 0 ? url.getPort() : implicit ? 465 : 587);
            require(SMTPReply.isPositiveCompletion(client.getReplyCode()), client);
            transmit(client, implicit, channel, secret, message);
            quit(client);
        } catch (GeneralSecurityException e) {
            throw new IOException("the server knows no way to sign in", e);
        } finally {
            disconnect(client);
        }
    }

    /** The mail was taken; it is not sent again because the server did not say goodbye. */
    private static void quit(AuthenticatingSMTPClient client) {
        try {
            client.logout();
        } catch (IOException e) {
            // Nothing depends on it.
        }
    }

    private static void disconnect(AuthenticatingSMTPClient client) {
        try {
            if (client.isConnected()) {
                client.disconnect();
            }
        } catch (IOException e) {
            // It is closed all the same.
        }
    }

    private void transmit(
            AuthenticatingSMTPClient client,
            boolean implicit,
            AlertChannel.Settings channel,
            @Nullable Secret secret,
            Message message)
            throws IOException, GeneralSecurityException {
        require(SMTPReply.isPositiveCompletion(client.ehlo("freehold")), client);
        boolean secure = implicit;
        if (!implicit && offers(client, "STARTTLS")) {
            require(client.execTLS(), client);
            require(SMTPReply.isPositiveCompletion(client.ehlo("freehold")), client);
            secure = true;
        }
        if (secret != null && !channel.username().isEmpty()) {
            if (!secure) {
                throw new IOException("the server offers no TLS, and a password goes over TLS alone");
            }
            AuthenticatingSMTPClient.AUTH_METHOD method = offers(client, "PLAIN")
                    ? AuthenticatingSMTPClient.AUTH_METHOD.PLAIN
                    : AuthenticatingSMTPClient.AUTH_METHOD.LOGIN;
            require(client.auth(method, channel.username(), secret.reveal()), client);
        }
        require(client.setSender(channel.from()), client);
        for (String recipient : recipients(channel)) {
            require(client.addRecipient(recipient), client);
        }
        Writer data = client.sendMessageData();
        require(data != null, client);
        try (Writer writer = data) {
            writer.write(mail(channel, message));
        }
        require(client.completePendingCommand(), client);
    }

    static List<String> recipients(AlertChannel.Settings channel) {
        return Arrays.stream(channel.to().split(",", -1)).map(String::strip).toList();
    }

    private String mail(AlertChannel.Settings channel, Message message) {
        // What is in the headers is Freehold's own text or was checked when the channel was made.
        return "From: Freehold <" + channel.from() + ">\r\nTo: " + String.join(", ", recipients(channel))
                + "\r\nSubject: " + message.title()
                + "\r\nDate: "
                + DateTimeFormatter.RFC_1123_DATE_TIME.format(clock.instant().atOffset(ZoneOffset.UTC))
                + "\r\nMessage-ID: <" + message.id() + "@freehold>\r\nAuto-Submitted: auto-generated"
                + "\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8"
                + "\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                + Base64.getMimeEncoder().encodeToString(message.text().getBytes(StandardCharsets.UTF_8))
                + "\r\n";
    }

    private static boolean offers(AuthenticatingSMTPClient client, String what) {
        return Arrays.stream(client.getReplyStrings()).anyMatch(line -> line.contains(what));
    }

    private static void require(boolean good, AuthenticatingSMTPClient client) throws IOException {
        if (!good) {
            throw new IOException("the mail server answered with " + client.getReplyCode());
        }
    }

    /** Hands out sockets that connect to allowed addresses alone. */
    private static final class CheckedSockets extends SocketFactory {
        private final Targets targets;
        private final String host;

        CheckedSockets(Targets targets, String host) {
            this.targets = targets;
            this.host = host;
        }

        @Override
        public Socket createSocket() {
            return targets.socket(host);
        }

        @Override
        public Socket createSocket(String to, int port) throws IOException {
            return targets.connect(to, port);
        }

        @Override
        public Socket createSocket(String to, int port, InetAddress from, int fromPort) throws IOException {
            return targets.connect(to, port);
        }

        @Override
        public Socket createSocket(InetAddress to, int port) throws IOException {
            return targets.connect(to.getHostAddress(), port);
        }

        @Override
        public Socket createSocket(InetAddress to, int port, InetAddress from, int fromPort) throws IOException {
            return targets.connect(to.getHostAddress(), port);
        }
    }
}
