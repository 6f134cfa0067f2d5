package io.freehold.security;

import static io.freehold.security.Refusals.assertInvalid;
import static io.freehold.security.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.freehold.api.ErrorCode;
import io.freehold.api.Page;
import io.freehold.api.PageRequest;
import io.freehold.api.security.AccessReview;
import io.freehold.api.security.AccessReview.Entry;
import io.freehold.api.security.AccessReview.Query;
import io.freehold.api.security.AccessReview.Source;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Permission;
import io.freehold.api.security.Permissions;
import io.freehold.api.security.Principal;
import io.freehold.api.security.Role;
import io.freehold.api.security.Scope;
import io.freehold.api.security.User;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AccessReviewTest extends HomeTest {
    private Caller admin;

    @BeforeEach
    void setUp() {
        admin = home.admin();
    }

    private AccessReview review() {
        return home.security().rbac().review();
    }

    private List<Entry> list(@Nullable Principal principal, @Nullable Permission permission, @Nullable Scope scope) {
        return review().list(admin, new Query(principal, permission, scope, PageRequest.first()))
                .items();
    }

    @Test
    void itSaysWhatEverybodyHoldsAndWhereFrom() {
        User user = home.user("ada", Role.READONLY);
        Scope project = home.project("web");
        var group = home.security().rbac().groups().create(admin, "club", Set.of(user.id()));
        Principal club = Principal.parse("group:" + group.id());
        var binding = home.security().roles().bind(admin, club, Role.USER, project);

        Entry ada = list(Home.principal(user), null, null).get(0);

        assertThat(ada.name()).isEqualTo("ada");
        assertThat(ada.enabled()).isTrue();
        assertThat(ada.permissions()).containsOnlyKeys(Scope.ROOT, project);
        assertThat(ada.permissions().get(Scope.ROOT))
                .containsExactlyInAnyOrder(Permissions.INSTANCE_READ, Permissions.INSTANCE_OBSERVE);
        assertThat(ada.permissions().get(project)).contains(Permissions.INSTANCE_START);
        assertThat(ada.sources()).hasSize(2);
        assertThat(ada.sources()).last().isEqualTo(new Source(binding.id(), Role.USER, Role.USER, project, club));
        assertThat(ada.sources().get(0).group()).isNull();
        Entry entry = list(club, null, null).get(0);
        assertThat(entry.permissions()).containsOnlyKeys(project);
        assertThat(entry.stale()).isFalse();
    }

    @Test
    void itIsFilteredByWhatIsHeldAndWhere() {
        User ada = home.user("ada", null);
        home.user("bob", Role.READONLY);
        Scope web = home.project("web");
        Scope other = home.project("other");
        home.security().roles().bind(admin, Home.principal(ada), Role.USER, web);

        assertThat(list(null, Permissions.INSTANCE_READ, null))
                .extracting(Entry::name)
                .containsExactlyInAnyOrder("admin", "ada", "bob");
        assertThat(list(null, Permissions.INSTANCE_READ, other))
                .extracting(Entry::name)
                .containsExactlyInAnyOrder("admin", "bob");
        assertThat(list(null, Permissions.INSTANCE_START, web))
                .extracting(Entry::name)
                .containsExactlyInAnyOrder("admin", "ada");
        assertThat(list(null, null, web)).extracting(Entry::name).containsExactlyInAnyOrder("admin", "ada", "bob");
        assertThat(list(null, Permissions.INSTANCE_START, Scope.ROOT))
                .extracting(Entry::name)
                .containsExactlyInAnyOrder("admin");
        assertThat(list(Home.principal(ada), Permissions.AUDIT_READ, null)).isEmpty();
    }

    @Test
    void itIsPaged() {
        home.user("ada", null);
        home.user("bob", null);
        Page<Entry> first = review().list(admin, new Query(null, null, null, new PageRequest(2, null)));
        assertThat(first.total()).isEqualTo(3);
        assertThat(first.items()).hasSize(2);
        Page<Entry> second = review().list(admin, new Query(null, null, null, new PageRequest(2, first.nextCursor())));
        assertThat(Stream.concat(first.items().stream(), second.items().stream()))
                .extracting(Entry::name)
                .containsExactlyInAnyOrder("admin", "ada", "bob");
        assertThat(second.nextCursor()).isNull();
        assertInvalid(() -> review().list(admin, new Query(null, null, null, new PageRequest(2, "x"))), "cursor");
    }

    @Test
    void thePagesOfOneReviewAreOfOneMomentAndTheNextReviewIsNew() {
        for (String name : List.of("ada", "bob", "eve")) {
            home.user(name, null);
        }
        Page<Entry> first = review().list(admin, new Query(null, null, null, new PageRequest(2, null)));
        home.user("joe", null);
        Query rest = new Query(null, null, null, new PageRequest(100, first.nextCursor()));
        assertThat(review().list(admin, rest).total()).isEqualTo(4);
        assertThat(review().list(admin, new Query(null, null, null, new PageRequest(2, null)))
                        .total())
                .isEqualTo(5);
        home.user("kim", null);
        home.clock.pass(Duration.ofSeconds(61));
        assertThat(review().list(admin, rest).total()).isEqualTo(6);
    }

    @Test
    void whoWasNotSeenForNinetyDaysIsStale() {
        home.user("ada", null);
        home.user("gone", null);
        User disabled = home.user("off", null);
        home.clock.pass(Duration.ofDays(91));
        home.signIn("ada");
        home.security().users().setEnabled(home.owner(), disabled.id(), false);

        List<Entry> all = review().list(home.owner(), new Query(null, null, null, PageRequest.first()))
                .items();

        assertThat(all).filteredOn(Entry::stale).extracting(Entry::name).containsExactlyInAnyOrder("admin", "gone");
        assertThat(all)
                .filteredOn(entry -> !entry.enabled())
                .extracting(Entry::name)
                .containsExactlyInAnyOrder("off");
        assertThat(all)
                .filteredOn(entry -> entry.name().equals("ada"))
                .first()
                .extracting(Entry::lastSeenAt)
                .isNotNull();
    }

    @Test
    void itTakesAPermissionThatAuditorsHold() {
        home.user("eve", Role.AUDITOR);
        home.user("op", Role.OPERATOR);
        Query all = new Query(null, null, null, PageRequest.first());
        assertThat(review().list(home.signIn("eve"), all).total()).isEqualTo(3);
        Caller op = home.signIn("op");
        assertRefused(() -> review().list(op, all), ErrorCode.DENIED);
    }
}
