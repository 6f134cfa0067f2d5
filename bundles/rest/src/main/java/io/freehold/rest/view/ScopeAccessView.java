package io.freehold.rest.view;

import io.freehold.api.security.Permission;
import io.freehold.api.security.Scope;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is held at one scope. */
@Schema(name = "ScopeAccess", description = "What is held at one scope.")
public record ScopeAccessView(String scope, List<String> permissions) {
    /** By scope, {@code /} first. */
    public static List<ScopeAccessView> of(Map<Scope, Set<Permission>> held) {
        return held.entrySet().stream()
                .map(at -> new ScopeAccessView(
                        at.getKey().path(),
                        at.getValue().stream()
                                .sorted()
                                .map(Permission::toString)
                                .toList()))
                .sorted(Comparator.comparing(ScopeAccessView::scope))
                .toList();
    }
}
