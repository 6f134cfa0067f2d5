package io.freehold.examples.hello;

import io.freehold.api.plugin.DeclaresPermission;
import io.freehold.api.rest.RequiresPermission;
import io.freehold.api.security.Caller;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;

/** Greets whoever asks, at /api/v1/plugins/provider-hello/greetings. */
@Component(service = GreetingsResource.class)
@JakartarsResource
@Path("greetings")
@DeclaresPermission(
        value = "hello:greet",
        roles = {"operator", "user"})
public final class GreetingsResource {
    public record Greeting(String text) {}

    @GET
    @RequiresPermission("hello:greet")
    public Greeting greet(@Context Caller caller) {
        return new Greeting("Hello, " + caller.name() + "!");
    }
}
