package io.freehold.rest.console;

import io.freehold.rest.limit.Room;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be sent to one console client. Terminal output is joined into larger messages and slows its
 * source down while too much of it waits, for a moment; from a client that still does not read, it is then
 * dropped and the loss is said.
 */
final class OutputQueue {
    private static final int MAX_MESSAGE_CHARS = 32 * 1024;
    /** How much that is not output may wait: many times what a client that reads ever has. */
    private static final int MAX_OTHER_CHARS = 64 * 1024;

    private final Room room;
    private final int capacity;
    private final long patienceMillis;
    private final Deque<Message> messages = new ArrayDeque<>();
    private final StringBuilder output = new StringBuilder();
    private final Utf8 utf8 = new Utf8();
    private int messageChars;
    private int otherChars;
    private int sendingChars;
    private long taken;
    private long lostBytes;
    private boolean lagging;
    private boolean closed;

    /**
     * @param capacity how much output may wait, in characters
     * @param patienceMillis how long output may wait for room, in milliseconds
     * @param room what all queues take their memory from; one in which nothing waits always gets some, so that
     *     clients that do not read do no harm to those that do
     */
    OutputQueue(int capacity, long patienceMillis, Room room) {
        this.room = room;
        this.capacity = capacity;
        this.patienceMillis = patienceMillis;
    }

    private record Message(String text, boolean output) {}

    /** Adds output of the terminal; may block for a moment. */
    synchronized void output(byte[] bytes) {
        if (!lagging && isFull(bytes.length)) {
            awaitRoom(bytes.length);
        }
        if (closed) {
            return;
        }
        if (isFull(bytes.length)) {
            lagging = true;
            lostBytes += bytes.length;
            utf8.skip();
            return;
        }
        if (lostBytes > 0) {
            // What was lost lies between what waits and this: keep the order.
            flushOutput();
            addOutput("{\"type\":\"output\",\"gap\":" + lostBytes + ",\"data\":\"\"}");
            lostBytes = 0;
        }
        output.append(utf8.decode(bytes));
        settle();
    }

    private int waiting() {
        return messageChars + output.length();
    }

    private boolean isFull(int more) {
        return waiting() >= capacity || (waiting() > 0 && room.left() < more);
    }

    /** Has as much of the room as waits here or is on its way; called when that has changed. */
    private void settle() {
        long now = (long) waiting() + sendingChars;
        room.takeAnyway(now - taken);
        taken = now;
    }

    private void addOutput(String message) {
        messages.add(new Message(message, true));
        messageChars += message.length();
    }

    private void awaitRoom(int more) {
        long end = System.nanoTime() + patienceMillis * 1_000_000;
        try {
            while (isFull(more) && !closed) {
                long left = (end - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    return;
                }
                wait(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Adds a message of another sort, after the output so far.
     *
     * @return false if it was left out because too many of them wait: the client does not read
     */
    synchronized boolean message(String json) {
        if (closed) {
            return true;
        }
        if (otherChars + json.length() > MAX_OTHER_CHARS) {
            return false;
        }
        flushOutput();
        messages.add(new Message(json, false));
        messageChars += json.length();
        otherChars += json.length();
        settle();
        return true;
    }

    /** The next message to send; null if there is none. */
    synchronized @Nullable String next() {
        Message first = messages.poll();
        String message = null;
        if (first != null) {
            message = first.text();
            messageChars -= message.length();
            otherChars -= first.output() ? 0 : message.length();
        } else if (output.length() > 0) {
            message = take();
        }
        if (message == null && lostBytes > 0) {
            message = "{\"type\":\"output\",\"gap\":" + lostBytes + ",\"data\":\"\"}";
            lostBytes = 0;
        }
        sendingChars = message == null ? 0 : message.length();
        settle();
        if (waiting() < capacity) {
            lagging = false;
            notifyAll();
        }
        return message;
    }

    /** Whether {@link #next} has something to answer. */
    synchronized boolean hasMore() {
        return !messages.isEmpty() || output.length() > 0 || lostBytes > 0;
    }

    private void flushOutput() {
        while (output.length() > 0) {
            addOutput(take());
        }
    }

    private String take() {
        int end = Math.min(output.length(), MAX_MESSAGE_CHARS);
        if (end < output.length() && Character.isHighSurrogate(output.charAt(end - 1))) {
            end--;
        }
        String message = "{\"type\":\"output\",\"data\":\"" + ConsoleMessages.quoted(output, end) + "\"}";
        output.delete(0, end);
        return message;
    }

    /** Lets nobody wait here any more. */
    synchronized void close() {
        closed = true;
        messages.clear();
        messageChars = 0;
        otherChars = 0;
        output.setLength(0);
        sendingChars = 0;
        settle();
        notifyAll();
    }
}
