package io.freehold.storage;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Turns what a piece of work threw into what its caller is told. */
final class Failures {
    private final Database database;

    Failures(Database database) {
        this.database = database;
    }

    /**
     * What to throw for a failed piece of work: {@code UNAVAILABLE} if the database was the reason, also
     * below a library's wrapper; its own unchecked exception otherwise.
     */
    RuntimeException of(Throwable failure) {
        if (failure instanceof FreeholdException known) {
            return known;
        }
        if (isUnavailable(failure)) {
            return unavailable(failure);
        }
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException unchecked) {
            return unchecked;
        }
        return new FreeholdException(ErrorCode.INTERNAL, "The database refused a statement.", failure);
    }

    static FreeholdException unavailable(@Nullable Throwable cause) {
        return new FreeholdException(ErrorCode.UNAVAILABLE, "The database cannot be used now. Try again.", cause);
    }

    private boolean isUnavailable(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof SQLException error && database.unavailable(error)) {
                return true;
            }
        }
        return false;
    }
}
