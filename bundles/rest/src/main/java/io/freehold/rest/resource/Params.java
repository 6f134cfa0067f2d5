package io.freehold.rest.resource;

import io.freehold.api.FreeholdException;
import io.freehold.api.Page;
import io.freehold.api.PageRequest;
import io.freehold.rest.view.Requests;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads parameters of paths and queries. What cannot be read is named, never guessed. */
final class Params {
    private static final Pattern UUID_FORM = Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private Params() {}

    /**
     * The id in a path.
     *
     * @throws FreeholdException {@code NOT_FOUND}: nothing has an id of another form
     */
    static UUID id(String text, String what) {
        if (!UUID_FORM.matcher(text).matches()) {
            throw FreeholdException.notFound(what);
        }
        return UUID.fromString(text);
    }

    static @Nullable UUID uuid(String field, @Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        if (!UUID_FORM.matcher(text).matches()) {
            throw FreeholdException.invalid(field, "must be a UUID");
        }
        return UUID.fromString(text);
    }

    /** The ids in a body; notes those that are none. */
    static Set<UUID> uuids(String field, @Nullable List<@Nullable String> given, Requests requests) {
        Set<UUID> ids = new HashSet<>();
        for (int i = 0; given != null && i < given.size(); i++) {
            String text = given.get(i);
            if (text == null || !UUID_FORM.matcher(text).matches()) {
                requests.wrong(field + "[" + i + "]", "must be a UUID");
            } else {
                ids.add(UUID.fromString(text));
            }
        }
        return ids;
    }

    static int integer(String field, @Nullable String text, int fallback, int min, int max) {
        if (text == null || text.isEmpty()) {
            return fallback;
        }
        try {
            int value = Integer.parseInt(text);
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            // falls through to the one message for both
        }
        throw FreeholdException.invalid(field, "must be a whole number from " + min + " to " + max);
    }

    static PageRequest page(@Nullable String limit, @Nullable String cursor) {
        return new PageRequest(
                integer("limit", limit, PageRequest.DEFAULT_LIMIT, 1, PageRequest.MAX_LIMIT),
                cursor == null || cursor.isEmpty() ? null : cursor);
    }

    /** A page of a list that a service answers whole; its cursor is how many items come before. */
    static <T> Page<T> page(List<T> all, @Nullable String limit, @Nullable String cursor) {
        int begin = Math.min(all.size(), integer("cursor", cursor, 0, 0, Integer.MAX_VALUE));
        int most = page(limit, null).limit();
        int end = all.size() - begin <= most ? all.size() : begin + most;
        return new Page<>(all.subList(begin, end), end < all.size() ? String.valueOf(end) : null, all.size());
    }

    static <E extends Enum<E>> @Nullable E choice(String field, @Nullable String text, Class<E> type) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        for (E value : type.getEnumConstants()) {
            if (value.name().equals(text.toUpperCase(Locale.ROOT))) {
                return value;
            }
        }
        throw FreeholdException.invalid(field, "must be one of " + Arrays.toString(type.getEnumConstants()));
    }

    static @Nullable Instant time(String field, @Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            OffsetDateTime time = OffsetDateTime.parse(text);
            // RFC 3339 knows no other years, and not every one that Java knows can be counted in milliseconds.
            if (time.getYear() >= 0 && time.getYear() <= 9999) {
                return time.toInstant();
            }
        } catch (DateTimeException e) {
            // falls through to the one message for both
        }
        throw FreeholdException.invalid(field, "must be a time such as 2026-01-31T12:00:00Z");
    }

    static @Nullable String text(String field, @Nullable String text) {
        if (text != null && text.indexOf('\0') >= 0) {
            throw FreeholdException.invalid(field, "must not have the character U+0000");
        }
        return text == null || text.isEmpty() ? null : text;
    }
}
