package io.freehold.rest.plugin;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.freehold.api.rest.RequiresPermission;
import io.freehold.api.security.Caller;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Resources as plugins bring them. */
final class PluginResources {
    private PluginResources() {}

    /** One as it should be. */
    @Path("greeting")
    @Produces("application/json")
    public static class Greeting {
        @GET
        @RequiresPermission("instance:read")
        public Map<String, String> greet(@Context Caller caller) {
            return Map.of("greeting", "Hello, " + caller.name());
        }

        @POST
        @RequiresPermission("instance:create")
        public Map<String, String> greet(Map<String, String> body) {
            return body;
        }
    }

    /** A stream of events that goes on until somebody interrupts it. */
    @Path("events")
    public static class Events {
        final CountDownLatch interrupted = new CountDownLatch(1);

        @GET
        @Produces("text/event-stream")
        @RequiresPermission("instance:read")
        public StreamingOutput follow() {
            return out -> {
                out.write("data: 1\n\n".getBytes(StandardCharsets.UTF_8));
                out.flush();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    interrupted.countDown();
                    Thread.currentThread().interrupt();
                }
            };
        }
    }

    /** One that lets anybody in. */
    @Path("open")
    public static class Open {
        @GET
        public String greet() {
            return "Hello";
        }
    }

    /** One that hands over to what nobody sees. */
    @Path("sub")
    public static class Locating {
        @Path("{rest}")
        public Object go() {
            return new Open();
        }
    }

    /** One that stands in the way of what the API answers itself. */
    @Path("enable")
    public static class Posing extends Greeting {}

    /** One whose permission is none. */
    @Path("odd")
    public static class Odd {
        @GET
        @RequiresPermission("everything")
        public String greet() {
            return "Hello";
        }
    }

    /** One that counts what is done with it. */
    @Path("counter")
    public static class Counter {
        final AtomicInteger count = new AtomicInteger();

        @POST
        @Path("{how}")
        @Produces("*/*")
        @RequiresPermission("instance:read")
        public Response add(@PathParam("how") String how, String body) {
            int now = count.incrementAndGet();
            return switch (how) {
                case "json" ->
                    Response.created(URI.create("/x/" + now))
                            .entity(new Answer(now, body))
                            .type("application/json")
                            .build();
                case "text" -> Response.ok("No. " + now, "text/plain").build();
                case "bytes" ->
                    Response.ok(new byte[] {(byte) 0xff, 0, (byte) now}, "application/octet-stream")
                            .build();
                case "stream" ->
                    Response.ok((StreamingOutput) out -> out.write(now), "application/x-mine")
                            .build();
                case "nothing" -> Response.noContent().build();
                case "elsewhere" -> Response.seeOther(URI.create("/x/" + now)).build();
                case "events" ->
                    Response.ok("data: " + now + "\n\n", "text/event-stream").build();
                case "large" -> Response.ok("x".repeat(2 << 20), "text/plain").build();
                case "refused" -> Response.status(422).build();
                default -> throw new IllegalStateException("secret of " + how);
            };
        }

        @POST
        @Path("later")
        @Produces("text/plain")
        @RequiresPermission("instance:read")
        public void addLater(@Suspended AsyncResponse response) {
            new Thread(() -> response.resume("No. " + count.incrementAndGet())).start();
        }
    }

    /** An entity of a class of the plugin's own. */
    public record Answer(int number, String body) {}

    /** One whose templates match everything. */
    @Path("{any: .*}")
    public static class Greedy {
        final AtomicInteger asked = new AtomicInteger();

        @GET
        @RequiresPermission("instance:read")
        public String get(@PathParam("any") String any) {
            asked.incrementAndGet();
            return "greedy";
        }

        @POST
        @RequiresPermission("instance:read")
        public String post(@PathParam("any") String any) {
            asked.incrementAndGet();
            return "greedy";
        }
    }

    /** One whose answers are larger than what is collected before it is sent. */
    @Path("large")
    public static class Large {
        static final int SIZE = 20 << 20;

        @GET
        @Path("bytes")
        @Produces("application/octet-stream")
        @RequiresPermission("instance:read")
        public byte[] bytes() {
            return new byte[SIZE];
        }

        @GET
        @Path("stream")
        @Produces("application/octet-stream")
        @RequiresPermission("instance:read")
        public StreamingOutput stream() {
            return out -> {
                byte[] piece = new byte[1 << 16];
                for (int i = 0; i < SIZE; i += piece.length) {
                    out.write(piece);
                }
            };
        }
    }

    /** One that makes JSON of its own classes by its own mapper. */
    @Path("own")
    @Produces("application/json")
    public static class Own {
        private final ObjectMapper mapper = new ObjectMapper();

        @GET
        @RequiresPermission("instance:read")
        public String get() throws IOException {
            return mapper.writeValueAsString(new Answer(1, "mine"));
        }

        @GET
        @Path("plain")
        @RequiresPermission("instance:read")
        public Answer plain() {
            return new Answer(2, "theirs");
        }
    }

    /** One that is a mapper of exceptions too. */
    @Path("mapper")
    public static class Mapping extends Greeting implements ExceptionMapper<RuntimeException> {
        @Override
        public Response toResponse(RuntimeException failure) {
            return Response.ok().build();
        }
    }

    /** One that takes a permission of the plugin's own. */
    @Path("special")
    public static class Special {
        @GET
        @RequiresPermission("special:read")
        public String get() {
            return "special";
        }
    }

    /** One that takes a permission on a thing of Freehold's that Freehold does not know. */
    @Path("bold")
    public static class Bold {
        @GET
        @RequiresPermission("instance:own")
        public String get() {
            return "bold";
        }
    }
}
