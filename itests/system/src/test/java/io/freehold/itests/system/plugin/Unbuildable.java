package io.freehold.itests.system.plugin;

/** A component that cannot be made. */
public class Unbuildable extends Greetings {
    /** Fails. */
    public Unbuildable() {
        throw new IllegalStateException("no luck today");
    }
}
