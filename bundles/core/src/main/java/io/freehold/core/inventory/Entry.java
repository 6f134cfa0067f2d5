package io.freehold.core.inventory;

import io.freehold.api.instance.Instance;
import io.freehold.api.provider.NativeId;
import io.freehold.api.provider.ObservedInstance;
import io.freehold.api.security.Scope;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * One instance in the inventory, with what finding it takes.
 *
 * @param instance what callers see; the same object for as long as nothing of it changes
 * @param observed what its backend last said
 * @param scopes {@link Instance#scopes()}, made once
 * @param folded its name in lower case, which lists are sorted by
 */
public record Entry(Instance instance, ObservedInstance observed, List<Scope> scopes, String folded) {

    static Entry of(Instance instance, ObservedInstance observed) {
        return new Entry(instance, observed, instance.scopes(), instance.name().toLowerCase(Locale.ROOT));
    }

    public UUID id() {
        return instance.id();
    }

    public NativeId nativeId() {
        return observed.id();
    }

    Identity identity() {
        return new Identity(instance.id(), instance.projectId(), instance.managed());
    }

    /** Whether the text, in lower case, is part of its name, id or template. */
    boolean mentions(String text) {
        return folded.contains(text)
                || instance.id().toString().contains(text)
                || (instance.template() != null
                        && instance.template().toLowerCase(Locale.ROOT).contains(text));
    }
}
