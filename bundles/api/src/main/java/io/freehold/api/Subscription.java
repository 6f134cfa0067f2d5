package io.freehold.api;

/** Something that goes on until it is closed. Closing twice is fine; after it returns, nothing more is delivered. */
@FunctionalInterface
public interface Subscription extends AutoCloseable {
    @Override
    void close();
}
