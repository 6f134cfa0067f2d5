package io.freehold.rest.permission;

import io.freehold.api.FreeholdException;
import io.freehold.api.security.Caller;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;

/** The things that are visible to some callers and not to others, by the noun that their paths begin with. */
public final class Things {
    private static final Pattern ID = Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private final Map<String, BiPredicate<Caller, UUID>> visible;

    /**
     * @param visible by noun such as {@code instances}: whether a caller may know of the thing with that id
     */
    public Things(Map<String, BiPredicate<Caller, UUID>> visible) {
        this.visible = Map.copyOf(visible);
    }

    /**
     * The thing that a path is about.
     *
     * @param path its segments, such as {@code instances}, an id, {@code actions}, {@code stop}
     * @throws FreeholdException {@code NOT_FOUND} for an id that is none
     */
    Optional<Thing> find(List<String> path) {
        if (path.size() < 2 || !visible.containsKey(path.get(0))) {
            return Optional.empty();
        }
        Thing thing = new Thing(path.get(0), path.get(1));
        if (!ID.matcher(thing.id()).matches()) {
            throw FreeholdException.notFound(thing.what());
        }
        return Optional.of(thing);
    }

    boolean isVisible(Thing thing, Caller caller) {
        BiPredicate<Caller, UUID> rule = visible.get(thing.noun());
        return rule != null && rule.test(caller, UUID.fromString(thing.id()));
    }

    /** One of them. */
    record Thing(String noun, String id) {
        /** The sort of thing, for people. */
        String what() {
            return noun.substring(0, noun.length() - 1);
        }

        /** Its name in the audit log. */
        String resource() {
            return noun + "/" + id.toLowerCase(Locale.ROOT);
        }
    }
}
