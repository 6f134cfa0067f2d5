package io.freehold.api.provider;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A provider's or backend's failure. Codes to use: {@code NOT_FOUND}, {@code INVALID}, {@code CONFLICT},
 * {@code DENIED}, {@code UNAVAILABLE}, {@code TIMEOUT}, {@code INTERNAL}. The message reaches people: say
 * what happened and what to do.
 */
public class ProviderException extends FreeholdException {
    private static final long serialVersionUID = 1L;

    private final @Nullable String field;

    public ProviderException(ErrorCode code, String message) {
        this(code, message, null);
    }

    public ProviderException(ErrorCode code, String message, @Nullable Throwable cause) {
        this(code, null, message, cause);
    }

    /**
     * A failure that the value of one field is to blame for.
     *
     * @param field {@link #field()}
     */
    public ProviderException(ErrorCode code, @Nullable String field, String message, @Nullable Throwable cause) {
        super(code, message, cause);
        this.field = field;
    }

    /**
     * The value that is to blame, so that whoever gave it is shown where: of a configuration the name of a field in its
     * form, such as {@code url}; of an instance that is wanted its path in the request, such as {@code config.mounts}.
     */
    public Optional<String> field() {
        return Optional.ofNullable(field);
    }
}
