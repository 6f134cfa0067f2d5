package io.freehold.core.util;

import io.freehold.api.FreeholdException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;

/**
 * Where a page ended: the sort key and id of its last item. It holds no position, so that it stays right
 * when items come and go in between.
 *
 * @param order the order that it belongs to
 * @param key the last item's key in that order
 * @param id the last item's id
 */
public record Cursor(String order, String key, UUID id) {

    /** As an opaque text for a URL. */
    public String encode() {
        String text = order + "\n" + id + "\n" + key;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads a cursor of the given order.
     *
     * @throws FreeholdException {@code INVALID} naming {@code cursor} if it is not one, or of another order
     */
    public static Cursor decode(String text, String order) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split("\n", 3);
            if (parts.length == 3 && parts[0].equals(order)) {
                return new Cursor(order, parts[2], UUID.fromString(parts[1]));
            }
        } catch (IllegalArgumentException e) {
            // the one message for everything that is wrong with it follows
        }
        throw FreeholdException.invalid("cursor", "is not a cursor of this list; begin without one");
    }
}
