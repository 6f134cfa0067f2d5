package io.freehold.api.provider;

import io.freehold.api.form.Form;
import io.freehold.api.instance.Kind;
import java.util.List;

/**
 * Who a provider is.
 *
 * @param id a short lower-case word, unlike every other provider's: {@code docker}
 * @param name for people: {@code Docker}
 * @param kinds what it can host
 * @param configuration what it must know to open a backend
 */
public record ProviderInfo(String id, String name, List<Kind> kinds, Form configuration) {
    public ProviderInfo {
        kinds = List.copyOf(kinds);
    }
}
