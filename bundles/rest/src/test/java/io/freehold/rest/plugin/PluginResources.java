package io.freehold.rest.plugin;

import io.freehold.api.rest.RequiresPermission;
import io.freehold.api.security.Caller;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.StreamingOutput;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

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
}
