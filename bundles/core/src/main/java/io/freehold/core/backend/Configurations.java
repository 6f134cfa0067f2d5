package io.freehold.core.backend;

import io.freehold.api.FreeholdException;
import io.freehold.api.Secret;
import io.freehold.api.Violation;
import io.freehold.api.form.Field;
import io.freehold.api.form.FieldType;
import io.freehold.api.form.Form;
import io.freehold.api.form.Values;
import io.freehold.api.provider.ProviderException;
import io.freehold.api.security.Secrets;
import io.freehold.core.util.Json;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Takes configurations apart for storing and puts them together for opening. A field is secret if it is a
 * {@code SECRET} or holds one inside; it is sealed whole, bound to its backend and name.
 */
final class Configurations {
    private final Secrets secrets;
    private final Json json;

    Configurations(Secrets secrets, Json json) {
        this.secrets = secrets;
        this.json = json;
    }

    /** A configuration in its two parts. */
    record Parts(Map<String, Object> config, Map<String, String> secrets) {
        static final Parts NONE = new Parts(Map.of(), Map.of());
    }

    /**
     * Checks input and takes it apart.
     *
     * @param before whose secrets stay where the input leaves them out, and go where it has null
     * @throws FreeholdException {@code INVALID} naming {@code config.…}, also a secret that would stay while an
     *     address changes: whoever sends a secret elsewhere must know it
     */
    Parts takeApart(UUID backendId, Form form, Map<String, Object> input, Parts before) {
        Set<String> secretFields = secretFields(form);
        Map<String, Object> config = new LinkedHashMap<>();
        Map<String, String> sealed = new HashMap<>(before.secrets());
        sealed.keySet().retainAll(secretFields);
        sealed.keySet().removeIf(name -> input.containsKey(name) && input.get(name) == null);
        requireKnown(form, input, before.config(), sealed.keySet());
        read(form, complete(backendId, form, input, sealed));
        input.forEach((name, value) -> {
            if (isGiven(value)) {
                if (secretFields.contains(name)) {
                    sealed.put(name, secrets.seal(Secret.of(json.write(plain(value))), row(backendId, name)));
                } else {
                    config.put(name, value);
                }
            }
        });
        return new Parts(config, sealed);
    }

    private static void requireKnown(
            Form form, Map<String, Object> input, Map<String, Object> before, Set<String> sealed) {
        boolean elsewhere = form.fields().stream().filter(Field::isAddress).anyMatch(field -> !value(field, input)
                .equals(value(field, before)));
        List<Violation> violations = sealed.stream()
                .filter(name -> elsewhere && !isGiven(input.get(name)))
                .sorted()
                .map(name -> new Violation("config." + name, "must be given again: it would go to another address"))
                .toList();
        if (!violations.isEmpty()) {
            throw FreeholdException.invalid(violations);
        }
    }

    private static Object value(Field field, Map<String, Object> config) {
        Object given = config.get(field.name());
        return given != null && isGiven(given) ? given : field.fallback().orElse("");
    }

    /**
     * Puts a stored configuration together, secrets and all, for a provider.
     *
     * @throws FreeholdException {@code INVALID} naming {@code config.…} if it does not fit the form (any more)
     */
    Values putTogether(BackendRow row, Form form) {
        return read(form, complete(row.id(), form, row.config(), row.secrets()));
    }

    /** A failure to open as a violation of the configuration, which names the field if the provider says which it is. */
    static FreeholdException violation(FreeholdException failure) {
        if (!failure.violations().isEmpty()) {
            return failure;
        }
        String field = failure instanceof ProviderException known
                ? known.field().map(name -> "config." + name).orElse("config")
                : "config";
        return FreeholdException.invalid(field, String.valueOf(failure.getMessage()));
    }

    private Map<String, Object> complete(
            UUID backendId, Form form, Map<String, Object> input, Map<String, String> kept) {
        Map<String, Object> complete = new LinkedHashMap<>();
        Set<String> secretFields = secretFields(form);
        kept.forEach((name, cipher) -> {
            if (secretFields.contains(name)) {
                complete.put(
                        name,
                        json.readValue(
                                secrets.open(cipher, row(backendId, name)).reveal()));
            }
        });
        input.forEach((name, value) -> {
            if (isGiven(value)) {
                complete.put(name, value);
            }
        });
        return complete;
    }

    private static Values read(Form form, Map<String, Object> input) {
        try {
            return form.read(input);
        } catch (FreeholdException e) {
            throw e.violations().isEmpty()
                    ? e
                    : FreeholdException.invalid(e.violations().stream()
                            .map(violation -> violation.under("config"))
                            .toList());
        }
    }

    private static Set<String> secretFields(Form form) {
        return form.fields().stream()
                .filter(Configurations::isSecret)
                .map(Field::name)
                .collect(Collectors.toSet());
    }

    private static boolean isSecret(Field field) {
        return field.type() == FieldType.SECRET
                || field.form().map(form -> !secretFields(form).isEmpty()).orElse(false);
    }

    private static boolean isGiven(@Nullable Object value) {
        return value != null && !value.equals("");
    }

    private static Object plain(Object value) {
        return value instanceof Secret secret ? secret.reveal() : value;
    }

    private static String row(UUID backendId, String field) {
        return "backends/" + backendId + "/" + field;
    }
}
