package io.freehold.launcher;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/** Puts what went wrong into words for whoever reads the terminal. */
final class Failures {
    private Failures() {}

    /** The reason alone, without the class names of Java's exceptions. */
    static String reason(Throwable failure) {
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (failure instanceof NoSuchFileException missing) {
            return missing.getFile() + " does not exist";
        }
        if (failure instanceof FileAlreadyExistsException) {
            return "there is a file of that name";
        }
        if (failure instanceof FileSystemException file) {
            return orName(file.getReason(), failure);
        }
        return orName(failure.getMessage(), failure);
    }

    private static String orName(@Nullable String message, Throwable failure) {
        return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message.strip();
    }
}
