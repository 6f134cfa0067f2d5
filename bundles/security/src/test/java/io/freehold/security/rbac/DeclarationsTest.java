package io.freehold.security.rbac;

import static org.assertj.core.api.Assertions.assertThat;

import io.freehold.api.security.Permission;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeclarationsTest {
    private static final DeclaredPermission GREET = declared("hello:greet", "user");
    private static final DeclaredPermission GREET_LESS = declared("hello:greet", "operator");
    private static final DeclaredPermission WAVE = declared("hello:wave", "operator");
    private static final DeclaredPermission POUR = declared("tea:pour", "operator");

    private final Declarations<String> declarations = new Declarations<>();

    private static DeclaredPermission declared(String permission, String role) {
        return new DeclaredPermission(Permission.of(permission), Set.of(role));
    }

    @Test
    void aResourceIsWhoseDeclaredItFirstWithAllItsPermissions() {
        declarations.put("one", List.of(GREET));
        declarations.put("two", List.of(GREET_LESS, WAVE, POUR));
        assertThat(declarations.inForce()).containsExactly(GREET, POUR);
    }

    @Test
    void whenItsHolderGoesAResourceIsWhoseCameNext() {
        declarations.put("one", List.of(GREET));
        declarations.put("two", List.of(GREET_LESS, WAVE));
        declarations.put("three", List.of(GREET));
        declarations.put("one", List.of());
        assertThat(declarations.inForce()).containsExactly(GREET_LESS, WAVE);
        declarations.put("two", List.of());
        assertThat(declarations.inForce()).containsExactly(GREET);
    }

    @Test
    void whoComesBackComesLast() {
        declarations.put("one", List.of(GREET));
        declarations.put("two", List.of(GREET_LESS));
        declarations.put("one", List.of());
        declarations.put("one", List.of(GREET));
        assertThat(declarations.inForce()).containsExactly(GREET_LESS);
    }
}
