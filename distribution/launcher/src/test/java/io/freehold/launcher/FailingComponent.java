package io.freehold.launcher;

/** A component that cannot be made; packed into a bundle by {@link PlatformTest}. */
public final class FailingComponent {
    public FailingComponent() {
        throw new IllegalStateException("the cellar is flooded");
    }
}
