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
 * @param searched name, id and template in lower case, each on a line
 */
public record Entry(Instance instance, ObservedInstance observed, List<Scope> scopes, String folded, String searched) {

    static Entry of(Instance instance, ObservedInstance observed) {
        String folded = instance.name().toLowerCase(Locale.ROOT);
        String template = instance.template() == null ? "" : instance.template().toLowerCase(Locale.ROOT);
        return new Entry(
                instance, observed, instance.scopes(), folded, folded + "\n" + instance.id() + "\n" + template);
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
}
