package io.freehold.security;

import static io.freehold.security.Refusals.assertInvalid;
import static io.freehold.security.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.Page;
import io.freehold.api.PageRequest;
import io.freehold.api.Secret;
import io.freehold.api.audit.AuditEntry;
import io.freehold.api.security.Access;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Permissions;
import io.freehold.api.security.Role;
import io.freehold.api.security.Scope;
import io.freehold.api.security.User;
import io.freehold.api.security.UserService;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UserTest extends HomeTest {
    private static final Secret OTHER_PASSWORD = Secret.of("a quite different phrase");

    private Caller admin;

    @BeforeEach
    void setUp() {
        admin = home.admin();
    }

    private UserService users() {
        return home.security().users();
    }

    @Test
    void aNewUserMayDoNothingButSeeItself() {
        User user = users().create(admin, "Ada.L", Home.PASSWORD, "ada@example.org");
        Caller ada = home.signIn("ada.l");

        Access access = home.security().authorizer().access(ada);
        assertThat(Permissions.ALL).noneMatch(access::allowsSomewhere);
        assertThat(users().get(ada, user.id()).email()).isEqualTo("ada@example.org");
        assertRefused(() -> users().list(ada, PageRequest.first()), ErrorCode.DENIED);
        assertRefused(() -> users().create(ada, "eve", Home.PASSWORD, null), ErrorCode.DENIED);
        UUID adminId = UUID.fromString(admin.principal().id());
        assertRefused(() -> users().get(ada, adminId), ErrorCode.NOT_FOUND);
        assertRefused(() -> users().find(ada, "admin"), ErrorCode.NOT_FOUND);
        assertRefused(() -> users().find(ada, "nobody"), ErrorCode.NOT_FOUND);
        assertRefused(() -> users().delete(ada, adminId), ErrorCode.NOT_FOUND);
    }

    @Test
    void aNameIsTakenWhateverItsCase() {
        users().create(admin, "ada", Home.PASSWORD, null);
        assertRefused(() -> users().create(admin, "ADA", Home.PASSWORD, null), ErrorCode.CONFLICT, "USERNAME_TAKEN");
        assertThat(users().find(admin, "Ada").username()).isEqualTo("ada");
        assertRefused(() -> users().find(admin, "nobody"), ErrorCode.NOT_FOUND);
    }

    @Test
    void whatIsNotAcceptableIsNamed() {
        assertInvalid(() -> users().create(admin, "-x", Home.PASSWORD, null), "username");
        assertInvalid(() -> users().create(admin, "x".repeat(65), Home.PASSWORD, null), "username");
        assertInvalid(() -> users().create(admin, "m\u00fcller", Home.PASSWORD, null), "username");
        assertInvalid(() -> users().create(admin, "ada", Home.PASSWORD, "a@b\r\nBcc: x"), "email");
        assertInvalid(() -> users().create(admin, "ada", Secret.of("14 characters!"), null), "password");
    }

    @Test
    void usersAreListedPageByPage() {
        Stream.of("ada", "bob", "eve").forEach(name -> users().create(admin, name, Home.PASSWORD, null));

        Page<User> first = users().list(admin, new PageRequest(3, null));
        Page<User> second = users().list(admin, new PageRequest(3, first.nextCursor()));
        assertThat(first.items()).extracting(User::username).containsExactly("admin", "ada", "bob");
        assertThat(second.items()).extracting(User::username).containsExactly("eve");
        assertThat(second.nextCursor()).isNull();
        assertThat(first.total()).isEqualTo(4);
        assertInvalid(() -> users().list(admin, new PageRequest(3, "1; DROP TABLE x")), "cursor");
    }

    @Test
    void anUpdateTakesTheVersionThatItIsBasedOn() {
        User user = users().create(admin, "ada", Home.PASSWORD, null);
        User changed = users().update(admin, user.id(), "ada@example.org", user.version());

        assertThat(changed.email()).isEqualTo("ada@example.org");
        assertThat(changed.version()).isGreaterThan(user.version());
        assertRefused(() -> users().update(admin, user.id(), null, user.version()), ErrorCode.STALE);
        assertInvalid(() -> users().update(admin, user.id(), "nonsense", changed.version()), "email");
        assertThat(users().update(admin, user.id(), null, changed.version()).email())
                .isNull();
        assertRefused(() -> users().update(admin, new UUID(0, 0), null, 1), ErrorCode.NOT_FOUND);
    }

    @Test
    void disablingEndsSessionsAtOnceAndEnablingBringsNoneBack() {
        User user = home.user("ada", Role.OPERATOR);
        Caller ada = home.signIn("ada");
        users().setEnabled(admin, user.id(), false);

        assertThat(home.security().authenticator().isCurrent(ada)).isFalse();
        assertThat(home.security().authorizer().access(ada).allowsSomewhere(Permissions.INSTANCE_READ))
                .isFalse();
        assertRefused(() -> home.tokens("ada"), ErrorCode.UNAUTHENTICATED);
        users().setEnabled(admin, user.id(), true);
        assertThat(home.security().authenticator().isCurrent(ada)).isFalse();
        assertThat(home.security().authorizer().access(home.signIn("ada")).allows(Permissions.INSTANCE_READ))
                .isTrue();
        assertThat(home.audit("user.*"))
                .extracting(AuditEntry::action)
                .containsExactly("user.enable", "user.disable", "user.create");
    }

    @Test
    void aResetPasswordMustBeChangedBeforeAnythingElse() {
        User user = home.user("ada", Role.ADMINISTRATOR);
        Caller before = home.signIn("ada");
        Secret generated = users().resetPassword(admin, user.id());

        assertThat(home.security().authenticator().isCurrent(before)).isFalse();
        assertRefused(() -> home.tokens("ada"), ErrorCode.UNAUTHENTICATED);
        Caller ada = home.caller(home.security().sessions().login("ada", generated, Home.HERE));
        assertThat(home.security().sessions().me(ada).passwordChangeRequired()).isTrue();
        assertRefused(() -> users().list(ada, PageRequest.first()), ErrorCode.DENIED, "PASSWORD_CHANGE_REQUIRED");
        assertRefused(
                () -> home.security()
                        .authorizer()
                        .require(
                                ada,
                                Permissions.INSTANCE_START,
                                Permissions.INSTANCE_READ,
                                List.of(Scope.ROOT),
                                "instance",
                                "instances/x"),
                ErrorCode.DENIED,
                "PASSWORD_CHANGE_REQUIRED");
        home.security().sessions().changePassword(ada, generated, OTHER_PASSWORD);
        assertThat(users().list(ada, PageRequest.first()).total()).isEqualTo(2);
        home.restart();
        assertThat(home.security().sessions().me(ada).passwordChangeRequired()).isFalse();
    }

    @Test
    void aDeletedUserIsGoneWithSessionsAndBindings() {
        User user = home.user("ada", Role.OPERATOR);
        Caller ada = home.signIn("ada");
        users().delete(admin, user.id());

        assertThat(home.security().authenticator().isCurrent(ada)).isFalse();
        assertRefused(() -> users().get(admin, user.id()), ErrorCode.NOT_FOUND);
        assertRefused(() -> users().delete(admin, user.id()), ErrorCode.NOT_FOUND);
        assertThat(home.security()
                        .roles()
                        .bindings(admin, Home.principal(user), PageRequest.first())
                        .items())
                .isEmpty();
        home.restart();
        assertRefused(() -> home.tokens("ada"), ErrorCode.UNAUTHENTICATED);
    }

    @Test
    void theLastAdministratorStays() {
        UUID last = UUID.fromString(admin.principal().id());
        assertRefused(() -> users().setEnabled(admin, last, false), ErrorCode.CONFLICT, "LAST_ADMINISTRATOR");
        assertRefused(() -> users().delete(admin, last), ErrorCode.CONFLICT, "LAST_ADMINISTRATOR");

        User second = home.user("ada", Role.ADMINISTRATOR);
        users().setEnabled(admin, second.id(), false);
        assertRefused(() -> users().delete(admin, last), ErrorCode.CONFLICT, "LAST_ADMINISTRATOR");
        users().setEnabled(admin, second.id(), true);
        users().delete(admin, last);
        assertRefused(() -> users().delete(home.owner(), second.id()), ErrorCode.CONFLICT, "LAST_ADMINISTRATOR");
    }

    @Test
    void ofTwoAdministratorsWhoRemoveEachOtherAtOnceOneStays() throws InterruptedException {
        User ada = home.user("ada", Role.ADMINISTRATOR);
        User bob = home.user("bob", Role.ADMINISTRATOR);
        users().delete(home.owner(), UUID.fromString(admin.principal().id()));
        Iterator<UUID> targets = List.of(ada.id(), bob.id()).iterator();

        AtOnce<Boolean> outcome = AtOnce.run(2, () -> {
            UUID target;
            synchronized (targets) {
                target = targets.next();
            }
            users().delete(home.owner(), target);
            return true;
        });
        assertThat(outcome.results).hasSize(1);
        assertThat(outcome.refusals).extracting("reason").containsExactly("LAST_ADMINISTRATOR");
    }

    @Test
    void whoIsAdministratorOfAProjectAloneTouchesNoUser() {
        User clerk = home.user("clerk", null);
        home.security().roles().bind(admin, Home.principal(clerk), Role.ADMINISTRATOR, home.project("web"));
        Caller caller = home.signIn("clerk");
        User target = home.user("ada", null);
        assertRefused(() -> users().resetPassword(caller, target.id()), ErrorCode.NOT_FOUND);
        assertRefused(() -> users().setEnabled(caller, target.id(), false), ErrorCode.NOT_FOUND);
        assertRefused(() -> users().create(caller, "eve", Home.PASSWORD, null), ErrorCode.DENIED);
    }

    @Test
    void manyUsersAreCreatedAtOnceWhileStrangersTrySigningIn() throws Exception {
        AtomicInteger number = new AtomicInteger();
        ExecutorService strangers = Executors.newFixedThreadPool(12);
        try {
            for (int i = 0; i < 120; i++) {
                String nobody = "nobody" + i;
                var unused = strangers.submit(() -> home.security().sessions().login(nobody, Home.PASSWORD, Home.HERE));
            }

            AtOnce<User> created =
                    AtOnce.run(24, () -> users().create(admin, "user" + number.incrementAndGet(), Home.PASSWORD, null));

            assertThat(created.refusals).isEmpty();
            assertThat(created.results).hasSize(24);
        } finally {
            strangers.shutdownNow();
        }
    }

    @Test
    void aChangeThatCannotBeRecordedIsNotMade() {
        User user = home.user("ada", Role.OPERATOR);
        home.database.tamper("ALTER TABLE security_audit RENAME TO hidden");
        assertThatThrownBy(() -> users().setEnabled(admin, user.id(), false)).isInstanceOf(FreeholdException.class);
        home.database.tamper("ALTER TABLE hidden RENAME TO security_audit");

        assertThat(users().get(admin, user.id()).enabled()).isTrue();
        home.signIn("ada");
    }
}
