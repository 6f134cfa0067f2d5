package io.freehold.itests.system.plugin;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** A resource that forgets to say who may. */
@Path("greeting")
public class OpenGreetings {
    /** Greets anybody. */
    @GET
    public String greet() {
        return "Hello";
    }
}
