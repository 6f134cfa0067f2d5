package io.freehold.itests.system.plugin;

import io.freehold.api.rest.RequiresPermission;
import io.freehold.api.security.Caller;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import java.util.Map;

/** A resource as it should be. */
@Path("greeting")
@Produces("application/json")
public class Greetings {
    /** Greets who asks. */
    @GET
    @RequiresPermission("hello:greet")
    public Map<String, String> greet(@Context Caller caller) {
        return Map.of("greeting", "Hello, " + caller.name());
    }
}
