package io.freehold.itests.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Somebody at an instance's console, let in by a ticket. */
final class ConsoleClient implements WebSocket.Listener, AutoCloseable {
    private final StringBuffer output = new StringBuffer();
    private final StringBuilder frame = new StringBuilder();
    private volatile int closeCode;
    private WebSocket socket;

    private ConsoleClient() {}

    /** Gets a ticket as the client and opens the console with nothing but it. */
    static ConsoleClient open(Client client, String instance) throws Exception {
        String path = "/api/v1/instances/" + instance + "/console";
        Answer ticket = client.post("/api/v1/auth/tickets", Map.of("path", path));
        assertThat(ticket.status()).as(ticket.text()).isEqualTo(201);
        assertThat(ticket.get("expiresAt")).isNotEmpty();
        return withTicket(client, path, ticket.get("ticket"));
    }

    static ConsoleClient withTicket(Client client, String path, String ticket) throws Exception {
        ConsoleClient console = new ConsoleClient();
        URI http = client.address().resolve(path);
        console.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .subprotocols("freehold.v1", "freehold.ticket." + ticket)
                .buildAsync(URI.create("ws" + http.toString().substring(4)), console)
                .get(10, TimeUnit.SECONDS);
        assertThat(console.socket.getSubprotocol()).isEqualTo("freehold.v1");
        return console;
    }

    void type(String text) throws Exception {
        socket.sendText(Answer.text(Map.of("type", "input", "data", text)), true)
                .get(10, TimeUnit.SECONDS);
    }

    /** Everything that the instance printed. */
    String output() {
        return output.toString();
    }

    /** The code that the other side closed with; 0 while it is open. */
    int closeCode() {
        return closeCode;
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        frame.append(data);
        if (last) {
            JsonNode message = Answer.json(frame.toString());
            frame.setLength(0);
            if (message.path("type").asText().equals("output")) {
                output.append(message.path("data").asText());
            }
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        closeCode = statusCode;
        return null;
    }

    @Override
    public void close() {
        socket.abort();
    }
}
