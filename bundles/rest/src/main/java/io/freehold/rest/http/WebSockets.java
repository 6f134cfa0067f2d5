package io.freehold.rest.http;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/** What a request to open a WebSocket (RFC 6455) looks like here. */
public final class WebSockets {
    /** The subprotocol that Freehold speaks. */
    public static final String PROTOCOL = "freehold.v1";

    private static final String TICKET = "freehold.ticket.";
    private static final String PROTOCOLS = "Sec-WebSocket-Protocol";
    private static final String KEY = "Sec-WebSocket-Key";
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9+/]{22}==");

    private WebSockets() {}

    /** Whether the request asks for a WebSocket. */
    public static boolean asked(Request request) {
        return "GET".equals(request.getMethod()) && request.getHeaders().contains(HttpHeader.UPGRADE, "websocket");
    }

    /** Whether the request has the key that the answer is to be made of, 16 bytes in Base64 (RFC 6455, 4.1). */
    public static boolean hasKey(Request request) {
        List<String> keys = request.getHeaders().getValuesList(KEY);
        return keys.size() == 1 && FORM.matcher(keys.get(0)).matches();
    }

    /** The ticket that is offered among the subprotocols of a request for a WebSocket. */
    static Optional<String> ticket(Request request) {
        if (!asked(request)) {
            return Optional.empty();
        }
        return offered(request).stream()
                .filter(name -> name.startsWith(TICKET))
                .map(name -> name.substring(TICKET.length()))
                .findFirst();
    }

    /** Whether the client offers our subprotocol. */
    public static boolean offersProtocol(Request request) {
        return offered(request).contains(PROTOCOL);
    }

    private static List<String> offered(Request request) {
        return request.getHeaders().getValuesList(PROTOCOLS).stream()
                .flatMap(line -> Arrays.stream(line.split(",", -1)))
                .map(String::strip)
                .toList();
    }
}
