package io.freehold.itests.system.plugin;

import jakarta.ws.rs.Path;

/** A resource that would answer for another. */
@Path("../users")
public class ClimbingGreetings extends Greetings {}
