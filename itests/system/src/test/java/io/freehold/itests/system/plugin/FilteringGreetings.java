package io.freehold.itests.system.plugin;

import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;

/** A resource that would look at every request. */
@Path("greeting")
public class FilteringGreetings extends Greetings implements ContainerRequestFilter {
    @Override
    public void filter(ContainerRequestContext request) {
        request.abortWith(null);
    }
}
