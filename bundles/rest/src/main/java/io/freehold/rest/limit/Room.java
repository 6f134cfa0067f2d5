package io.freehold.rest.limit;

import java.util.concurrent.atomic.AtomicLong;

/** How many bytes of memory all of one sort may take up together. */
public final class Room {
    private final AtomicLong left;

    public Room(long bytes) {
        left = new AtomicLong(bytes);
    }

    /** Takes so much, or nothing if there is less left. */
    public boolean take(long bytes) {
        if (left.addAndGet(-bytes) >= 0) {
            return true;
        }
        left.addAndGet(bytes);
        return false;
    }

    /** Takes so much even if there is less left. */
    public void takeAnyway(long bytes) {
        left.addAndGet(-bytes);
    }

    public void giveBack(long bytes) {
        left.addAndGet(bytes);
    }

    /** How much is left; below 0 if more was taken than there is. */
    public long left() {
        return left.get();
    }
}
