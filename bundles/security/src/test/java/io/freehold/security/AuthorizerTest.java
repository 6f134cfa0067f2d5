package io.freehold.security;

import static io.freehold.security.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.freehold.api.ErrorCode;
import io.freehold.api.audit.AuditEntry;
import io.freehold.api.audit.Outcome;
import io.freehold.api.security.Access;
import io.freehold.api.security.Authorizer;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Permission;
import io.freehold.api.security.Permissions;
import io.freehold.api.security.Principal;
import io.freehold.api.security.Role;
import io.freehold.api.security.Scope;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AuthorizerTest extends HomeTest {
    private static final List<Scope> PLACE = List.of(Scope.instance(new UUID(0, 1)), Scope.backend(new UUID(0, 2)));

    private Authorizer authorizer() {
        return home.security().authorizer();
    }

    private void requireStart(Caller caller) {
        authorizer()
                .require(
                        caller,
                        Permissions.INSTANCE_START,
                        Permissions.INSTANCE_READ,
                        PLACE,
                        "instance",
                        "instances/1");
    }

    private void requireCreate(Caller caller) {
        authorizer()
                .require(caller, Permissions.INSTANCE_CREATE, Permissions.BACKEND_READ, PLACE, "backend", "backends/2");
    }

    @Test
    void whoMaySeeButNotDoIsDeniedAndWhoMayNotSeeFindsNothing() {
        home.user("reader", Role.READONLY);
        home.user("nobody", null);
        home.user("operator", Role.OPERATOR);

        assertRefused(() -> requireStart(home.signIn("reader")), ErrorCode.DENIED);
        assertRefused(() -> requireStart(home.signIn("nobody")), ErrorCode.NOT_FOUND)
                .hasMessage("No such instance.");
        requireStart(home.signIn("operator"));
        assertThat(home.audit("instance.start")).hasSize(2).allSatisfy(entry -> {
            assertThat(entry.outcome()).isEqualTo(Outcome.DENIED);
            assertThat(entry.resource()).isEqualTo("instances/1");
        });
    }

    @Test
    void whoMayDoItDoesNotHaveToSeeWhereItHappens() {
        home.user("user", Role.USER);
        home.user("reader", Role.READONLY);

        requireCreate(home.signIn("user"));
        assertRefused(() -> requireCreate(home.signIn("reader")), ErrorCode.NOT_FOUND);
        assertThat(home.audit("instance.create"))
                .singleElement()
                .extracting(AuditEntry::actorName)
                .isEqualTo("reader");
    }

    @Test
    void aDenialThatIsRepeatedIsRecordedOnceAMinute() {
        home.user("reader", Role.READONLY);
        Caller reader = home.signIn("reader");
        for (int i = 0; i < 50; i++) {
            assertRefused(() -> requireStart(reader), ErrorCode.DENIED);
        }
        assertThat(home.audit("instance.start")).hasSize(1);
        assertRefused(() -> authorizer().require(reader, Permissions.USER_CREATE, "users"), ErrorCode.DENIED);
        assertThat(home.audit("user.create")).hasSize(2);

        home.clock.pass(Duration.ofMinutes(1));
        assertRefused(() -> requireStart(reader), ErrorCode.DENIED);
        assertThat(home.audit("instance.start"))
                .extracting(AuditEntry::detail)
                .containsExactly("not permitted, and 49 more like it before", "not permitted");
    }

    @Test
    void aDenialThatCannotBeRecordedIsStillNoPermission() {
        home.user("reader", Role.READONLY);
        Caller reader = home.signIn("reader");
        home.database.breakWrites(true);
        assertRefused(() -> requireStart(reader), ErrorCode.UNAVAILABLE);
        home.database.breakWrites(false);
        assertRefused(() -> requireStart(reader), ErrorCode.DENIED);
        assertThat(home.audit("instance.start")).hasSize(1);
    }

    @Test
    void theOwnerOfTheDataFolderAndFreeholdItselfMayDoEverything() {
        for (Caller caller : List.of(home.owner(), Caller.core("boot"))) {
            Access access = authorizer().access(caller);
            assertThat(access.allows(Permission.of("plugin-of-tomorrow:run"))).isTrue();
            assertThat(access.allows(Permissions.INSTANCE_START, List.of())).isTrue();
            assertThat(access.allowsSomewhere(Permissions.INSTANCE_START)).isTrue();
            requireStart(caller);
        }
    }

    @Test
    void everybodyElseMayDoNothing() {
        for (Principal principal : List.of(
                Principal.ANONYMOUS,
                Principal.parse("system:other"),
                Principal.parse("user:" + new UUID(0, 9)),
                Principal.parse("group:" + new UUID(0, 9)),
                Principal.parse("token:" + new UUID(0, 9)))) {
            Access access = authorizer().access(new Caller(principal, "x", null, Home.HERE));
            assertThat(Permissions.ALL).as(principal.toString()).noneMatch(access::allowsSomewhere);
            assertThat(access.permissions()).isEmpty();
        }
    }
}
