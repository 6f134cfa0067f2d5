package io.freehold.core;

import static io.freehold.core.Refusals.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freehold.api.ErrorCode;
import io.freehold.api.Page;
import io.freehold.api.PageRequest;
import io.freehold.api.Violation;
import io.freehold.api.instance.Instance;
import io.freehold.api.instance.InstanceQuery;
import io.freehold.api.instance.Kind;
import io.freehold.api.instance.State;
import io.freehold.api.provider.NativeId;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Permissions;
import io.freehold.api.security.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Lists of instances: their order, pages and filters, and who sees what. */
class InstanceListTest extends CoreTest {
    private InstanceQuery query(@Nullable String text, @Nullable String sort, int limit, @Nullable String cursor) {
        return new InstanceQuery(null, null, null, null, text, Map.of(), sort, new PageRequest(limit, cursor));
    }

    private void add(String... names) {
        for (String name : names) {
            house.engine().add(name);
        }
        await().until(() -> house.list().size() >= names.length);
    }

    private List<String> names(InstanceQuery query) {
        Page<Instance> page = house.instances().list(house.admin, query);
        assertThat(page.total()).isEqualTo(page.items().size());
        return page.items().stream().map(Instance::name).toList();
    }

    @Test
    void listsAreSortedAndPagedBothWays() {
        add("b", "D", "a", "c", "E");

        for (String sort : List.of("name", "createdAt", "state", "kind")) {
            List<String> up = new ArrayList<>();
            List<String> down = new ArrayList<>();
            String cursor = null;
            do {
                Page<Instance> page = house.instances().list(house.admin, query(null, sort, 2, cursor));
                page.items().forEach(instance -> up.add(instance.name()));
                assertThat(page.total()).isEqualTo(5);
                cursor = page.nextCursor();
            } while (cursor != null);
            do {
                Page<Instance> page = house.instances().list(house.admin, query(null, "-" + sort, 2, cursor));
                page.items().forEach(instance -> down.add(0, instance.name()));
                cursor = page.nextCursor();
            } while (cursor != null);
            assertThat(up).as(sort).hasSize(5).isEqualTo(down);
            if ("name".equals(sort)) {
                assertThat(up).containsExactly("a", "b", "c", "D", "E");
            }
        }
    }

    @Test
    void aCursorSurvivesThatItsPlaceIsGone() {
        NativeId b = house.engine().add("b");
        add("a", "c", "d");
        Page<Instance> first = house.instances().list(house.admin, query(null, null, 2, null));
        assertThat(first.items()).extracting(Instance::name).containsExactly("a", "b");

        house.engine().remove(b);
        house.engine().add("aa");
        await().until(() -> house.list().stream().map(Instance::name).toList().equals(List.of("a", "aa", "c", "d")));

        assertThat(house.instances()
                        .list(house.admin, query(null, null, 2, first.nextCursor()))
                        .items())
                .extracting(Instance::name)
                .containsExactly("c", "d");
    }

    @Test
    void whatIsNotACursorOrAnOrderIsRefused() {
        add("a", "b");
        String other = house.instances()
                .list(house.admin, query(null, "state", 1, null))
                .nextCursor();

        for (String cursor : List.of("x", "!!", other)) {
            assertThat(refusal(() -> house.instances().list(house.admin, query(null, null, 1, cursor)))
                            .violations())
                    .extracting(Violation::field)
                    .containsExactly("cursor");
        }
        assertThat(refusal(() -> house.instances().list(house.admin, query(null, "size", 1, null)))
                        .violations())
                .extracting(Violation::field)
                .containsExactly("sort");
    }

    @Test
    void filtersNarrowWhatIsListedAndCounted() {
        house.engine().add("Web-1", Map.of("tier", "front"));
        NativeId data = house.engine().add("data", Map.of("tier", "back"));
        await().until(() -> house.list().size() == 2);
        house.engine().change(data, State.RUNNING);
        await().until(() -> house.named("data").state() == State.RUNNING);

        assertThat(names(new InstanceQuery(null, null, null, null, "wEB", Map.of(), null, PageRequest.first())))
                .containsExactly("Web-1");
        assertThat(names(new InstanceQuery(null, null, null, null, "ECHO", Map.of(), null, PageRequest.first())))
                .hasSize(2);
        assertThat(names(new InstanceQuery(null, State.RUNNING, null, null, null, Map.of(), null, PageRequest.first())))
                .containsExactly("data");
        assertThat(names(new InstanceQuery(Kind.VM, null, null, null, null, Map.of(), null, PageRequest.first())))
                .isEmpty();
        assertThat(names(new InstanceQuery(
                        null, null, backend, null, null, Map.of("tier", "back"), null, PageRequest.first())))
                .containsExactly("data");
        assertThat(names(
                        new InstanceQuery(null, null, null, null, null, Map.of("tier", ""), null, PageRequest.first())))
                .hasSize(2);
        assertThat(names(new InstanceQuery(
                        null, null, null, UUID.randomUUID(), null, Map.of(), null, PageRequest.first())))
                .isEmpty();
    }

    @Test
    void callersSeeWhatTheyHoldPermissionsFor() {
        add("a", "b", "c");
        Caller user =
                house.grants.somebody("user", Scope.instance(house.named("b").id()), Permissions.INSTANCE_READ);
        long before = house.instances().revision(user);

        Page<Instance> seen = house.instances().list(user, InstanceQuery.all());
        assertThat(seen.items()).extracting(Instance::name).containsExactly("b");
        assertThat(seen.total()).isEqualTo(1);
        assertThat(refusal(() -> house.instances().get(user, house.named("a").id()))
                        .code())
                .isEqualTo(ErrorCode.NOT_FOUND);

        house.grants.grant(user, Scope.backend(backend), Permissions.INSTANCE_READ);
        assertThat(house.instances().list(user, InstanceQuery.all()).total()).isEqualTo(3);
        assertThat(house.instances().revision(user)).isNotEqualTo(before);
    }
}
