package io.freehold.provider.docker.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.freehold.api.provider.ProviderException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Calls of the Docker Engine API (docs.docker.com/reference/api/engine) over one address, from any thread.
 * Every call ends within its limit, however the other side behaves, and no answer fills the memory.
 */
public final class EngineClient implements AutoCloseable {
    /** For what an engine answers out of its memory. */
    public static final Duration SHORT = Duration.ofSeconds(10);

    /** For what an engine must do something for. */
    public static final Duration LONG = Duration.ofSeconds(30);

    private static final int MAX_ANSWER = 64 * 1024 * 1024;
    private static final int MAX_REFUSAL = 64 * 1024;

    private final ObjectMapper mapper = new ObjectMapper();
    private final EngineAddress address;
    private final Deadlines deadlines;
    private final WirePool pool;

    public EngineClient(EngineAddress address, @Nullable SSLContext tls, String name) {
        this.address = address;
        this.deadlines = new Deadlines("docker-limits-" + name);
        this.pool = new WirePool(address, tls, deadlines);
    }

    /** Text for a path or a query. */
    public static String encode(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }

    public ObjectMapper mapper() {
        return mapper;
    }

    public Deadlines deadlines() {
        return deadlines;
    }

    /** Asks for one thing that is answered at once. */
    public JsonNode get(String target) {
        return call("GET", target, null, SHORT);
    }

    /**
     * Does something.
     *
     * @return the answer; a missing node where it is empty
     * @throws EngineRefusal if the engine answers with no
     * @throws ProviderException if it does not answer
     */
    public JsonNode call(String method, String target, @Nullable JsonNode body, Duration limit) {
        return exchange(method, target, body, limit, in -> {
            byte[] bytes = limited(in).readAllBytes();
            return bytes.length == 0 ? MissingNode.getInstance() : mapper.readTree(bytes);
        });
    }

    /** Reads an array element by element, so that a long list is never in memory as a whole. */
    public void elements(String target, Consumer<JsonNode> element) {
        exchange("GET", target, null, LONG, in -> {
            try (JsonParser parser = mapper.createParser(limited(in))) {
                if (parser.nextToken() != JsonToken.START_ARRAY) {
                    throw new NonsenseException("the answer is not a list");
                }
                while (parser.nextToken() == JsonToken.START_OBJECT) {
                    element.accept(mapper.readTree(parser));
                }
            }
            return "";
        });
    }

    /** Reads an answer that is not JSON, however long; the reader sees to how much of it is kept. */
    public void read(String target, BodyReader reader) {
        exchange("GET", target, null, LONG, in -> {
            reader.read(in);
            return "";
        });
    }

    /** Opens an answer without an end; its head must come within the limit. */
    public EngineStream stream(String method, String target, Duration limit) {
        return open(method, target, "", limit, abort -> {});
    }

    /**
     * The same for an answer whose head may take long.
     *
     * @param connected is handed what breaks the waiting off, from any thread
     */
    public EngineStream stream(String method, String target, Duration limit, Consumer<Runnable> connected) {
        return open(method, target, "", limit, connected);
    }

    /** Opens a connection in both directions. */
    public EngineStream hijack(String target) {
        return open("POST", target, "Connection: Upgrade\r\nUpgrade: tcp\r\n", SHORT, abort -> {});
    }

    /** What to tell people about a stream that broke. */
    public ProviderException explain(IOException e) {
        return EngineErrors.unreachable(address, e);
    }

    void discard(Wire wire) {
        pool.discard(wire);
    }

    @Override
    public void close() {
        pool.close();
        deadlines.close();
    }

    private <T> T exchange(String method, String target, @Nullable JsonNode body, Duration limit, Answer<T> reader) {
        try {
            byte[] request = request(method, target, "", body);
            Wire used = pool.reuse();
            if (used != null) {
                try {
                    return attempt(used, request, limit, reader);
                } catch (InterruptedIOException | NonsenseException e) {
                    throw e;
                } catch (IOException e) {
                    if (!method.equals("GET")) {
                        throw e;
                    }
                    // the engine was restarted since: reading again does no harm
                }
            }
            return attempt(pool.connect(), request, limit, reader);
        } catch (IOException e) {
            throw explain(e);
        }
    }

    private <T> T attempt(Wire wire, byte[] request, Duration limit, Answer<T> reader) throws IOException {
        Supplier<T> outcome;
        try (Guard guard = deadlines.guard(wire::close, limit)) {
            try {
                ResponseHead head = send(wire, request);
                InputStream in = body(head, wire);
                outcome = outcome(head, in, reader);
                // what is left over behind the end would pass for the answer to the next request
                boolean clean =
                        head.keepsConnection() && in.read() < 0 && wire.in().available() == 0;
                guard.close();
                if (clean) {
                    pool.release(wire);
                } else {
                    pool.discard(wire);
                }
            } catch (IOException e) {
                pool.discard(wire);
                throw guard.explain(e);
            } catch (RuntimeException e) {
                pool.discard(wire);
                throw e;
            }
        }
        return outcome.get();
    }

    private <T> Supplier<T> outcome(ResponseHead head, InputStream in, Answer<T> reader) throws IOException {
        if (head.status() < 400) {
            T result = reader.read(in);
            return () -> result;
        }
        EngineRefusal refusal = refusal(head, in);
        return () -> {
            throw refusal;
        };
    }

    private static InputStream limited(InputStream in) {
        return LimitedInput.atMost(in, MAX_ANSWER);
    }

    private static ResponseHead send(Wire wire, byte[] request) throws IOException {
        wire.out().write(request);
        wire.out().flush();
        return ResponseHead.read(wire.in());
    }

    private EngineStream open(
            String method, String target, String headers, Duration limit, Consumer<Runnable> connected) {
        try {
            Wire wire = pool.connect();
            connected.accept(wire::close);
            try (Guard guard = deadlines.guard(wire::close, limit)) {
                try {
                    ResponseHead head = send(wire, request(method, target, headers, null));
                    InputStream in = body(head, wire);
                    if (head.status() >= 400) {
                        throw refusal(head, in);
                    }
                    return new EngineStream(this, wire, in);
                } catch (IOException e) {
                    pool.discard(wire);
                    throw guard.explain(e);
                } catch (RuntimeException e) {
                    pool.discard(wire);
                    throw e;
                }
            }
        } catch (IOException e) {
            throw explain(e);
        }
    }

    private static InputStream body(ResponseHead head, Wire wire) throws IOException {
        if (head.isChunked()) {
            return new ChunkedInput(wire.in());
        }
        return head.length() < 0 ? wire.in() : LimitedInput.exactly(wire.in(), head.length());
    }

    private EngineRefusal refusal(ResponseHead head, InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(MAX_REFUSAL);
        String text = new String(bytes, UTF_8).strip();
        if (text.startsWith("{")) {
            text = mapper.readTree(bytes).path("message").asText(text);
        }
        return EngineErrors.refused(head.status(), text);
    }

    private byte[] request(String method, String target, String headers, @Nullable JsonNode body) throws IOException {
        byte[] content = body == null ? new byte[0] : mapper.writeValueAsBytes(body);
        String head = method + " " + target + " HTTP/1.1\r\nHost: "
                + (address.isUnix() ? "docker" : address.host() + ":" + address.port())
                + "\r\nUser-Agent: Freehold\r\n" + headers
                + (body == null ? "" : "Content-Type: application/json\r\n")
                + (method.equals("GET") ? "" : "Content-Length: " + content.length + "\r\n") + "\r\n";
        ByteArrayOutputStream request = new ByteArrayOutputStream(head.length() + content.length);
        request.writeBytes(head.getBytes(UTF_8));
        request.writeBytes(content);
        return request.toByteArray();
    }

    /** Reads the body of an answer. */
    public interface BodyReader {
        void read(InputStream in) throws IOException;
    }

    private interface Answer<T> {
        T read(InputStream in) throws IOException;
    }
}
