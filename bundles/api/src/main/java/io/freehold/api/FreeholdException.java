package io.freehold.api;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A refusal or failure that the caller of a service is told about. The message is shown to people: it
 * says what is wrong and what to do, and never holds a secret, SQL, a path or a class name.
 */
public class FreeholdException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final String reason;
    private final transient List<Violation> violations;
    private final @Nullable Duration retryAfter;

    /** A failure without a more precise reason than its code. */
    public FreeholdException(ErrorCode code, String message) {
        this(code, code.name(), message, List.of(), null, null);
    }

    /** A failure caused by another. */
    public FreeholdException(ErrorCode code, String message, @Nullable Throwable cause) {
        this(code, code.name(), message, List.of(), cause, null);
    }

    /**
     * A failure that programs can tell apart.
     *
     * @param reason a stable upper-case word such as {@code REFRESH_RACED}
     */
    public FreeholdException(ErrorCode code, String reason, String message) {
        this(code, reason, message, List.of(), null, null);
    }

    private FreeholdException(
            ErrorCode code,
            String reason,
            String message,
            List<Violation> violations,
            @Nullable Throwable cause,
            @Nullable Duration retryAfter) {
        super(message, cause);
        this.code = code;
        this.reason = reason;
        this.violations = List.copyOf(violations);
        this.retryAfter = retryAfter;
    }

    /** A refusal that waiting cures: {@code RATE_LIMITED} or {@code UNAVAILABLE}, and after how long to try again. */
    public static FreeholdException retryLater(ErrorCode code, String reason, String message, Duration retryAfter) {
        return new FreeholdException(code, reason, message, List.of(), null, retryAfter);
    }

    /** {@link ErrorCode#INVALID} with the values that are not acceptable; {@code violations} is not empty. */
    public static FreeholdException invalid(List<Violation> violations) {
        Violation first = violations.get(0);
        return new FreeholdException(
                ErrorCode.INVALID,
                ErrorCode.INVALID.name(),
                violations.size() == 1
                        ? first.field() + ": " + first.message()
                        : violations.size() + " values are not acceptable",
                violations,
                null,
                null);
    }

    /** {@link ErrorCode#INVALID} with one value that is not acceptable. */
    public static FreeholdException invalid(String field, String message) {
        return invalid(List.of(new Violation(field, message)));
    }

    /**
     * {@link ErrorCode#DENIED} with each thing that may not be had.
     *
     * @param reason a stable upper-case word such as {@code ADMISSION_DENIED}
     */
    public static FreeholdException denied(String reason, String message, List<Violation> violations) {
        return new FreeholdException(ErrorCode.DENIED, reason, message, violations, null, null);
    }

    /** {@link ErrorCode#NOT_FOUND} for a thing such as {@code "instance"}. */
    public static FreeholdException notFound(String what) {
        return new FreeholdException(ErrorCode.NOT_FOUND, "No such " + what + ".");
    }

    public ErrorCode code() {
        return code;
    }

    /** A stable upper-case word for programs; the code's name where there is nothing more precise. */
    public String reason() {
        return reason;
    }

    /** The values that are not acceptable; or may not be had; empty but for {@link ErrorCode#INVALID} and {@link ErrorCode#DENIED}. */
    public List<Violation> violations() {
        return violations == null ? List.of() : violations;
    }

    /** How long to wait before trying again; empty where waiting is not known to help. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
