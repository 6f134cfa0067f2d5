package io.freehold.launcher;

/** A component that waits for a service that never comes; packed into a bundle by {@link PlatformTest}. */
public final class NeedyComponent {}
