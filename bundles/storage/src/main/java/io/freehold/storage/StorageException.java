package io.freehold.storage;

/** The database cannot be opened as Freehold is set up; the message is the one line for the operator. */
final class StorageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StorageException(String message, Throwable cause) {
        super(message, cause);
    }

    StorageException(String message) {
        super(message);
    }
}
