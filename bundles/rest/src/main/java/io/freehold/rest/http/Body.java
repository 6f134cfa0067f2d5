package io.freehold.rest.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The body of a request, which has arrived whole before anybody gets it. */
public abstract class Body implements AutoCloseable {
    Body() {}

    /** How many bytes it has. */
    public abstract long length();

    /** Its bytes from the first one on, for each who asks. */
    public abstract InputStream stream();

    /** The SHA-256 of its bytes. */
    public abstract byte[] sha256();

    /** Lets go of what it takes up; nobody reads it after that. */
    @Override
    public abstract void close();

    /**
     * Takes in what has arrived.
     *
     * @throws io.freehold.api.FreeholdException {@code UNAVAILABLE} if there is no memory for it now
     */
    abstract void add(ByteBuffer bytes) throws IOException;

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
