package io.freehold.security;

import static io.freehold.security.Refusals.assertInvalid;
import static io.freehold.security.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.freehold.api.ErrorCode;
import io.freehold.api.PageRequest;
import io.freehold.api.Secret;
import io.freehold.api.audit.Outcome;
import io.freehold.api.security.Access;
import io.freehold.api.security.ApiTokenService.NewToken;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Permission;
import io.freehold.api.security.Permissions;
import io.freehold.api.security.Role;
import io.freehold.api.security.RoleBinding;
import io.freehold.api.security.Scope;
import io.freehold.api.security.User;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ApiTokenTest extends HomeTest {
    private static final Scope INSTANCE = Scope.instance(new UUID(1, 1));
    private static final Scope PROJECT = Scope.project(new UUID(2, 2));

    private User user;
    private Caller ada;

    @BeforeEach
    void signIn() {
        user = home.user("ada", Role.OPERATOR);
        ada = home.signIn("ada");
    }

    private NewToken create(Set<Permission> permissions, Scope scope) {
        return home.security().apiTokens().create(ada, "ci", permissions, scope, null);
    }

    private NewToken whole() {
        return home.security().apiTokens().create(ada, "ci", null, Scope.ROOT, null);
    }

    private Access access(Caller caller) {
        return home.security().authorizer().access(caller);
    }

    @Test
    void aTokenActsForItsOwnerAndIsKnownAfterARestart() throws Exception {
        NewToken made = whole();
        assertThat(made.secret().reveal()).matches("fh_[A-Za-z0-9_-]{43}");
        Caller token = home.caller(made.secret());
        assertThat(token.principal()).hasToString("token:" + made.token().id());
        assertThat(token.name()).isEqualTo("ci (ada)");
        assertThat(access(token).permissions()).isEqualTo(access(ada).permissions());
        home.restart();
        assertThat(access(home.caller(made.secret())).allows(Permissions.INSTANCE_READ))
                .isTrue();
        assertThat(home.security().apiTokens().apiToken(ada, made.token().id()).lastUsedAt())
                .isEqualTo(home.clock.instant());
        assertThat(Files.readString(home.data.resolve("freehold.db"), StandardCharsets.ISO_8859_1))
                .doesNotContain(made.secret().reveal());
    }

    @Test
    void itMayDoNoMoreThanItsPermissionsAndItsScopeSay() {
        Access access = access(
                home.caller(create(Set.of(Permissions.INSTANCE_READ), INSTANCE).secret()));
        assertThat(access.allows(Permissions.INSTANCE_READ, List.of(INSTANCE, PROJECT)))
                .isTrue();
        assertThat(access.allows(Permissions.INSTANCE_READ, List.of(PROJECT))).isFalse();
        assertThat(access.allows(Permissions.INSTANCE_READ)).isFalse();
        assertThat(access.allows(Permissions.INSTANCE_START, List.of(INSTANCE))).isFalse();
        assertThat(access.allowsSomewhere(Permissions.INSTANCE_START)).isFalse();
        assertThat(access.permissions()).isEmpty();
    }

    @Test
    void itShrinksWithItsOwner() {
        NewToken made = whole();
        Caller token = home.caller(made.secret());
        RoleBinding binding = home.security()
                .roles()
                .bindings(home.owner(), Home.principal(user), PageRequest.first())
                .items()
                .get(0);
        home.security().roles().unbind(home.owner(), binding.id());
        assertThat(access(token).allowsSomewhere(Permissions.INSTANCE_READ)).isFalse();

        home.security().users().setEnabled(home.owner(), user.id(), false);
        assertThat(home.security().authenticator().isCurrent(token)).isFalse();
        assertRefused(() -> home.caller(made.secret()), ErrorCode.UNAUTHENTICATED);
        home.security().users().delete(home.owner(), user.id());
        home.restart();
        assertRefused(() -> home.caller(made.secret()), ErrorCode.UNAUTHENTICATED);
    }

    @Test
    void itRestsWhileItsOwnerMustSetUpASecondFactor() {
        Secret secret = whole().secret();
        home.settings.put("freehold.totp.required.roles", Role.OPERATOR);
        home.restart();
        Caller token = home.caller(secret);
        assertThat(access(token).allowsSomewhere(Permissions.INSTANCE_READ)).isFalse();
        assertRefused(
                () -> home.security().authenticator().requireReady(token), ErrorCode.DENIED, "TOTP_ENROLMENT_REQUIRED");
    }

    @Test
    void itEndsWhenItsOwnerGetsANewPassword() {
        Secret secret = whole().secret();
        home.security().users().resetPassword(home.owner(), user.id());
        assertRefused(() -> home.caller(secret), ErrorCode.UNAUTHENTICATED);
        home.restart();
        assertRefused(() -> home.caller(secret), ErrorCode.UNAUTHENTICATED);
    }

    @Test
    void nobodyHandsOnWhatTheyDoNotHold() {
        assertRefused(() -> create(Set.of(Permissions.USER_CREATE), Scope.ROOT), ErrorCode.DENIED);
        assertInvalid(() -> create(Set.of(), Scope.ROOT), "permissions");
        assertInvalid(() -> home.security().apiTokens().create(ada, " ", null, Scope.ROOT, null), "name");
        assertInvalid(
                () -> home.security().apiTokens().create(ada, "x", null, Scope.ROOT, home.clock.instant()),
                "expiresAt");
    }

    @Test
    void itNeverSignsInMakesTokensOrChangesHowSomebodyGetsIn() {
        home.user("root", Role.ADMINISTRATOR);
        Caller root = home.signIn("root");
        Caller token = home.caller(home.security()
                .apiTokens()
                .create(root, "all", null, Scope.ROOT, null)
                .secret());
        assertRefused(
                () -> home.security().apiTokens().create(token, "x", null, Scope.ROOT, null),
                ErrorCode.DENIED,
                "NOT_BY_API_TOKEN");
        assertRefused(
                () -> home.security()
                        .sessions()
                        .changePassword(token, Home.PASSWORD, Secret.of("a quite different phrase")),
                ErrorCode.DENIED,
                "NOT_BY_API_TOKEN");
        assertRefused(() -> home.security().sessions().sessions(token), ErrorCode.DENIED, "NOT_BY_API_TOKEN");
        assertRefused(() -> home.security().totp().enrol(token), ErrorCode.DENIED, "NOT_BY_API_TOKEN");
        assertRefused(() -> home.security().totp().reset(token, user.id()), ErrorCode.DENIED, "NOT_BY_API_TOKEN");
        assertRefused(
                () -> home.security().users().resetPassword(token, user.id()), ErrorCode.DENIED, "NOT_BY_API_TOKEN");
        assertRefused(() -> home.security().authenticator().csrfToken(token), ErrorCode.DENIED);
        assertRefused(
                () -> home.security().sessions().refresh(Secret.of("fh_x"), Home.HERE), ErrorCode.UNAUTHENTICATED);
    }

    @Test
    void itEndsInItsTimeAndWhenItIsRevoked() {
        NewToken brief = home.security()
                .apiTokens()
                .create(ada, "brief", null, Scope.ROOT, home.clock.instant().plus(Duration.ofHours(1)));
        NewToken revoked = whole();
        Caller caller = home.caller(revoked.secret());
        home.caller(brief.secret());
        home.clock.pass(Duration.ofHours(1));
        assertRefused(() -> home.caller(brief.secret()), ErrorCode.UNAUTHENTICATED);
        home.security().apiTokens().revoke(ada, revoked.token().id());
        assertThat(home.security().authenticator().isCurrent(caller)).isFalse();
        assertRefused(() -> home.caller(revoked.secret()), ErrorCode.UNAUTHENTICATED);
        assertRefused(
                () -> home.security().apiTokens().revoke(ada, revoked.token().id()), ErrorCode.NOT_FOUND);
    }

    @Test
    void administratorsSeeAndRevokeThoseOfOthersAndNobodyElseDoes() {
        NewToken made = whole();
        home.user("eve", Role.OPERATOR);
        Caller eve = home.signIn("eve");
        assertRefused(() -> home.security().apiTokens().revoke(eve, made.token().id()), ErrorCode.NOT_FOUND);
        assertRefused(() -> home.security().apiTokens().list(eve, user.id(), PageRequest.first()), ErrorCode.DENIED);
        Caller admin = home.admin();
        assertThat(home.security()
                        .apiTokens()
                        .list(admin, null, PageRequest.first())
                        .total())
                .isEqualTo(1);
        home.security().apiTokens().revoke(admin, made.token().id());
        assertThat(home.security()
                        .apiTokens()
                        .list(ada, user.id(), PageRequest.first())
                        .total())
                .isZero();
        assertThat(home.audit("api-token.*")).extracting("outcome").containsOnly(Outcome.SUCCESS);
    }

    @Test
    void guessingIsLimitedAndNeverKeepsAGoodTokenOut() {
        NewToken made = whole();
        for (int i = 0; i < 50; i++) {
            String guess = "fh_guess" + i;
            assertRefused(() -> home.caller(Secret.of(guess)), ErrorCode.UNAUTHENTICATED);
        }
        assertThat(Refusals.retryAfter(() -> home.caller(Secret.of("fh_more")))).isPresent();
        home.caller(made.secret());
        assertThat(home.audit("auth.token")).hasSize(1);
    }
}
