package io.freehold.core.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SlotsTest {
    private final Slots slots = new Slots();
    private final UUID backend = UUID.randomUUID();
    private final List<String> started = new ArrayList<>();

    private void enter(String name, String... owners) {
        slots.enter(new Slots.Entrant(backend, Set.of(owners), () -> started.add(name)));
    }

    private void leave(String... owners) {
        slots.leave(backend, Set.of(owners));
    }

    @Test
    void oneOwnerHasHalfOfThePlacesAndOthersTheRest() {
        for (int i = 0; i < 10; i++) {
            enter("greedy" + i, "greedy");
        }
        enter("modest", "modest");

        assertThat(started).containsExactly("greedy0", "greedy1", "greedy2", "greedy3", "modest");

        leave("greedy");
        assertThat(started).last().isEqualTo("greedy4");
    }

    @Test
    void manyMembersOfOneProjectHaveTheShareOfOne() {
        for (int i = 0; i < 6; i++) {
            enter("member" + i, "member" + i, "project");
        }
        enter("other", "other", "another");

        assertThat(started).containsExactly("member0", "member1", "member2", "member3", "other");
    }

    @Test
    void noMoreThanEightRunAndTheRestFollowInOrder() {
        for (int i = 0; i < 10; i++) {
            enter("n" + i, "owner" + i);
        }
        assertThat(started).hasSize(8);

        leave("owner3");
        leave("owner0");

        assertThat(started).hasSize(10).endsWith("n8", "n9");
    }

    @Test
    void aBackendThatNothingRunsOnIsForgotten() {
        enter("a", "owner");
        slots.enter(new Slots.Entrant(UUID.randomUUID(), Set.of("owner"), () -> started.add("b")));
        assertThat(slots.backends()).isEqualTo(2);

        leave("owner");

        assertThat(slots.backends()).isEqualTo(1);
    }
}
