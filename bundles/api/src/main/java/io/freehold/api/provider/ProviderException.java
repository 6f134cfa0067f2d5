package io.freehold.api.provider;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import org.jspecify.annotations.Nullable;

/**
 * A provider's or backend's failure. Codes to use: {@code NOT_FOUND}, {@code INVALID}, {@code CONFLICT},
 * {@code DENIED}, {@code UNAVAILABLE}, {@code TIMEOUT}, {@code INTERNAL}. The message reaches people: say
 * what happened and what to do.
 */
public class ProviderException extends FreeholdException {
    private static final long serialVersionUID = 1L;

    public ProviderException(ErrorCode code, String message) {
        super(code, message);
    }

    public ProviderException(ErrorCode code, String message, @Nullable Throwable cause) {
        super(code, message, cause);
    }
}
