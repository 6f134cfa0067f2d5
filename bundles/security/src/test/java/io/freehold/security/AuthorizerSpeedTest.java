package io.freehold.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.freehold.api.security.Access;
import io.freehold.api.security.Authorizer;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Permissions;
import io.freehold.api.security.Role;
import io.freehold.api.security.Scope;
import io.freehold.api.security.User;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * A decision takes no more than a few microseconds, whatever is bound. With {@code -Dfreehold.test.figures=true} it prints
 * how many.
 */
class AuthorizerSpeedTest extends HomeTest {
    private static final int BINDINGS = 30;
    private static final int DECISIONS = 50_000;
    /** Many times what it takes on a machine of today. */
    private static final Duration LONGEST = Duration.ofNanos(3_000);

    private final List<Scope> projects = new ArrayList<>();

    private void decides(String who, Caller caller) {
        Authorizer authorizer = home.security().authorizer();
        Scope instance = Scope.instance(new UUID(0, 1));
        long allowed = 0;
        long began = 0;
        // The first half warms up.
        for (int i = -DECISIONS; i < DECISIONS; i++) {
            if (i == 0) {
                began = processor();
                allowed = 0;
            }
            Scope project = projects.get(Math.floorMod(i, BINDINGS));
            Access access = authorizer.access(caller);
            allowed += access.allows(Permissions.INSTANCE_START, List.of(instance, project)) ? 1 : 0;
            allowed += access.allows(Permissions.INSTANCE_UPDATE, List.of(instance, project)) ? 1 : 0;
        }
        Duration each = Duration.ofNanos((processor() - began) / (2L * DECISIONS));
        if (Boolean.getBoolean("freehold.test.figures")) {
            System.out.printf("%s: %d ns for each of %d decisions%n", who, each.toNanos(), 2 * DECISIONS);
        }
        assertThat(allowed).isEqualTo(DECISIONS);
        assertThat(each).isLessThan(LONGEST);
    }

    /** What this thread has had of the processor, in nanoseconds: other work runs beside tests. */
    private static long processor() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    @Test
    void aDecisionTakesMicrosecondsForUsersAndForTheirTokens() {
        User user = home.user("ada", null);
        for (int i = 0; i < BINDINGS; i++) {
            projects.add(home.project("project-" + i));
            home.security().roles().bind(home.owner(), Home.principal(user), Role.USER, projects.get(i));
        }
        Caller ada = home.signIn("ada");
        decides("a user with " + BINDINGS + " bindings", ada);
        var token = home.security().apiTokens().create(ada, "ci", null, Scope.ROOT, null);
        decides("an API token of theirs", home.caller(token.secret()));
    }

    @Test
    void aTokenFollowsEachChangeOfWhatItsOwnerHolds() {
        User user = home.user("ada", null);
        Caller ada = home.signIn("ada");
        var token = home.caller(home.security()
                .apiTokens()
                .create(ada, "ci", null, Scope.ROOT, null)
                .secret());
        Authorizer authorizer = home.security().authorizer();
        for (int i = 0; i < 3; i++) {
            assertThat(authorizer.access(token).allows(Permissions.INSTANCE_START))
                    .isFalse();
            var binding = home.security().roles().bind(home.owner(), Home.principal(user), Role.USER, Scope.ROOT);
            assertThat(authorizer.access(token).allows(Permissions.INSTANCE_START))
                    .isTrue();
            home.security().roles().unbind(home.owner(), binding.id());
        }
    }
}
