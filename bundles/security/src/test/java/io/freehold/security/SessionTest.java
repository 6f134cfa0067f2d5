package io.freehold.security;

import static io.freehold.security.Refusals.assertInvalid;
import static io.freehold.security.Refusals.assertRefused;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.Secret;
import io.freehold.api.audit.AuditEntry;
import io.freehold.api.audit.Outcome;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Role;
import io.freehold.api.security.SessionService.Session;
import io.freehold.api.security.SessionService.Tokens;
import io.freehold.api.security.User;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SessionTest extends HomeTest {
    private static final Secret NEW_PASSWORD = Secret.of("a quite different phrase");

    private Tokens refresh(Tokens tokens) {
        return home.security().sessions().refresh(tokens.refreshToken(), Home.HERE);
    }

    @Test
    void signingInGivesTokensThatSayWhoOneIs() {
        User user = home.user("ada", Role.READONLY);
        Tokens tokens = home.security().sessions().login("ADA", Home.PASSWORD, Home.HERE);

        assertThat(tokens.expiresIn()).isEqualTo(Duration.ofMinutes(15));
        assertThat(tokens.user().id()).isEqualTo(user.id());
        assertThat(tokens.user().lastSeenAt()).isEqualTo(home.clock.instant());
        Caller caller = home.caller(tokens);
        assertThat(caller.principal()).isEqualTo(Home.principal(user));
        assertThat(caller.name()).isEqualTo("ada");
        assertThat(caller.origin()).isEqualTo(Home.HERE);
        assertThat(home.security().sessions().me(caller)).isEqualTo(tokens.user());
        AuditEntry entry = home.audit("auth.login").get(0);
        assertThat(entry.actor()).isEqualTo(caller.principal().toString());
        assertThat(entry.outcome()).isEqualTo(Outcome.SUCCESS);
    }

    @Test
    void aSignInFromANewPlaceIsMarkedInTheLogButNotTheFirstOfAll() {
        home.user("ada", Role.USER);
        home.tokens("ada");
        assertThat(home.audit("auth.login").get(0).detail()).isEmpty();
        home.security().sessions().login("ada", Home.PASSWORD, Home.ELSEWHERE);
        assertThat(home.audit("auth.login").get(0).detail()).isEqualTo("from a new place");
        home.security().sessions().login("ada", Home.PASSWORD, Home.ELSEWHERE);
        assertThat(home.audit("auth.login").get(0).detail()).isEmpty();
    }

    @Test
    void everyFailureLooksTheSameAndIsAuditedWithoutTheNameThatWasTyped() {
        User disabled = home.user("bob", Role.USER);
        home.security().users().setEnabled(home.owner(), disabled.id(), false);
        home.user("ada", null);

        FreeholdException wrongPassword = Refusals.refusal(
                () -> home.security().sessions().login("ada", Secret.of("not the right one"), Home.HERE));
        FreeholdException unknown = Refusals.refusal(
                () -> home.security().sessions().login("my-secret-typed-here", Home.PASSWORD, Home.HERE));
        FreeholdException notEnabled =
                Refusals.refusal(() -> home.security().sessions().login("bob", Home.PASSWORD, Home.HERE));

        assertThat(wrongPassword.code()).isEqualTo(ErrorCode.UNAUTHENTICATED);
        assertThat(unknown).hasMessage(wrongPassword.getMessage());
        assertThat(notEnabled).hasMessage(wrongPassword.getMessage());
        assertThat(unknown.reason()).isEqualTo(wrongPassword.reason()).isEqualTo(notEnabled.reason());
        assertThat(home.audit("auth.login")).hasSize(3).allSatisfy(entry -> {
            assertThat(entry.outcome()).isEqualTo(Outcome.DENIED);
            assertThat(entry.toString()).doesNotContain("my-secret-typed-here");
        });
    }

    @Test
    void aVeryLongPasswordIsJustWrong() {
        home.user("ada", null);
        assertRefused(
                () -> home.security().sessions().login("ada", Secret.of("x".repeat(5_000_000)), Home.HERE),
                ErrorCode.UNAUTHENTICATED);
    }

    @Test
    void aSignInThatCannotBeRecordedIsRefused() {
        home.user("ada", null);
        home.database.breakWrites(true);
        assertRefused(() -> home.tokens("ada"), ErrorCode.UNAVAILABLE);
    }

    @Test
    void aUserWhoIsDisabledOrChangedWhileThePasswordIsCheckedDoesNotComeIn() {
        User user = home.user("ada", null);
        home.database.beforeNextWrite(() -> home.security().users().setEnabled(home.owner(), user.id(), false));
        assertRefused(() -> home.tokens("ada"), ErrorCode.UNAUTHENTICATED);

        home.security().users().setEnabled(home.owner(), user.id(), true);
        home.database.beforeNextWrite(() -> home.security().users().resetPassword(home.owner(), user.id()));
        assertRefused(() -> home.tokens("ada"), ErrorCode.UNAUTHENTICATED);
    }

    @Test
    void refreshingGivesNewTokensForTheSameSession() {
        home.user("ada", null);
        Tokens first = home.tokens("ada");
        home.clock.pass(Duration.ofMinutes(14));
        Tokens second = refresh(first);
        home.clock.pass(Duration.ofMinutes(2));

        assertRefused(() -> home.caller(first), ErrorCode.UNAUTHENTICATED);
        assertThat(home.caller(second).sessionId()).isNotNull();
        assertThat(home.audit("auth.refresh")).hasSize(1);
        Tokens third = refresh(second);
        assertThat(home.caller(third).sessionId()).isEqualTo(home.caller(second).sessionId());
    }

    @Test
    void ofFiftyParallelRefreshesOneWinsAndTheSessionLives() throws InterruptedException {
        home.user("ada", null);
        Tokens tokens = home.tokens("ada");
        AtOnce<Tokens> outcome = AtOnce.run(50, () -> refresh(tokens));

        assertThat(outcome.results).hasSize(1);
        assertThat(outcome.refusals).hasSize(49).allSatisfy(refusal -> {
            assertThat(refusal.code()).isEqualTo(ErrorCode.CONFLICT);
            assertThat(refusal.reason()).isEqualTo("REFRESH_RACED");
        });
        home.caller(outcome.results.get(0));
        refresh(outcome.results.get(0));
        assertThat(home.audit("auth.replay")).isEmpty();
        assertThat(home.audit("auth.refresh")).hasSize(2);
    }

    @Test
    void aTokenThatIsUsedAgainLaterEndsTheWholeSessionAndAlarms() {
        home.user("ada", null);
        Tokens stolen = home.tokens("ada");
        Tokens current = refresh(stolen);
        home.clock.pass(Duration.ofSeconds(10));
        assertRefused(() -> refresh(stolen), ErrorCode.CONFLICT, "REFRESH_RACED");
        home.caller(current);
        home.clock.pass(Duration.ofMillis(1));

        assertRefused(() -> refresh(stolen), ErrorCode.UNAUTHENTICATED);
        assertRefused(() -> home.caller(current), ErrorCode.UNAUTHENTICATED);
        assertRefused(() -> refresh(current), ErrorCode.UNAUTHENTICATED);
        assertThat(home.audit("auth.replay")).hasSize(1);
    }

    @Test
    void unknownRefreshTokensAreRefusedAndFillNoLog() {
        for (int i = 0; i < 5; i++) {
            Secret junk = Secret.of("junk" + i);
            assertRefused(() -> home.security().sessions().refresh(junk, Home.HERE), ErrorCode.UNAUTHENTICATED);
        }
        assertThat(home.audit("auth.refresh")).hasSize(1);
    }

    @Test
    void anUnknownRefreshTokenWaitsForNobodyWhoWrites() {
        assertRefused(
                () -> home.security().sessions().refresh(Secret.of("junk"), Home.HERE), ErrorCode.UNAUTHENTICATED);
        home.database.breakWrites(true);
        assertRefused(
                () -> home.security().sessions().refresh(Secret.of("more junk"), Home.HERE), ErrorCode.UNAUTHENTICATED);
    }

    @Test
    void aSessionThatIsNotUsedForSevenDaysEnds() {
        home.user("ada", null);
        Tokens tokens = home.tokens("ada");
        Caller caller = home.caller(tokens);
        home.clock.pass(Duration.ofDays(7));

        assertThat(home.security().authenticator().isCurrent(caller)).isFalse();
        assertRefused(() -> refresh(tokens), ErrorCode.UNAUTHENTICATED);
    }

    @Test
    void noSessionLastsLongerThanThirtyDays() {
        home.user("ada", null);
        Tokens tokens = home.tokens("ada");
        for (int day = 0; day < 29; day++) {
            home.clock.pass(Duration.ofDays(1));
            tokens = refresh(tokens);
        }
        home.clock.pass(Duration.ofDays(1).minusMinutes(5));
        Tokens last = refresh(tokens);
        assertThat(last.expiresIn()).isEqualTo(Duration.ofMinutes(5));
        home.clock.pass(Duration.ofMinutes(5));
        assertRefused(() -> refresh(last), ErrorCode.UNAUTHENTICATED);
        assertRefused(() -> home.caller(last), ErrorCode.UNAUTHENTICATED);
    }

    @Test
    void signingOutHoldsAtOnceAndAfterARestart() {
        home.user("ada", null);
        Tokens tokens = home.tokens("ada");
        Tokens other = home.tokens("ada");
        Caller caller = home.caller(tokens);
        home.security().sessions().logout(caller);

        assertThat(home.security().authenticator().isCurrent(caller)).isFalse();
        assertRefused(() -> home.caller(tokens), ErrorCode.UNAUTHENTICATED);
        home.restart();
        assertRefused(() -> home.caller(tokens), ErrorCode.UNAUTHENTICATED);
        assertRefused(() -> refresh(tokens), ErrorCode.UNAUTHENTICATED);
        home.caller(other);
        home.security().sessions().logout(caller);
        assertThat(home.audit("auth.logout")).hasSize(1);
    }

    @Test
    void sessionsAreListedAndEndedByTheirOwnerAlone() {
        home.user("ada", null);
        home.user("eve", null);
        Caller first = home.signIn("ada");
        home.clock.pass(Duration.ofMinutes(1));
        Caller second = home.signIn("ada");
        Caller eve = home.signIn("eve");

        assertThat(home.security().sessions().sessions(first))
                .extracting(Session::id, Session::current)
                .containsExactly(tuple(second.sessionId(), false), tuple(first.sessionId(), true));
        UUID id = requireNonNull(second.sessionId());
        assertRefused(() -> home.security().sessions().end(eve, id), ErrorCode.NOT_FOUND);
        assertThat(home.security().authenticator().isCurrent(second)).isTrue();
        home.security().sessions().end(first, id);
        assertThat(home.security().authenticator().isCurrent(second)).isFalse();
        assertThat(home.security().authenticator().isCurrent(first)).isTrue();
        assertRefused(() -> home.security().sessions().end(first, id), ErrorCode.NOT_FOUND);
    }

    @Test
    void changingThePasswordEndsTheOtherSessions() {
        home.user("ada", null);
        Caller here = home.signIn("ada");
        Caller there = home.signIn("ada");
        home.security().sessions().changePassword(here, Home.PASSWORD, NEW_PASSWORD);

        assertThat(home.security().authenticator().isCurrent(here)).isTrue();
        assertThat(home.security().authenticator().isCurrent(there)).isFalse();
        assertRefused(() -> home.tokens("ada"), ErrorCode.UNAUTHENTICATED);
        home.security().sessions().login("ada", NEW_PASSWORD, Home.HERE);
    }

    @Test
    void aPasswordIsNotChangedWithoutTheCurrentOne() {
        home.user("ada", null);
        Caller ada = home.signIn("ada");
        assertInvalid(
                () -> home.security().sessions().changePassword(ada, NEW_PASSWORD, Secret.of("something else again")),
                "currentPassword");
        assertInvalid(
                () -> home.security().sessions().changePassword(ada, Home.PASSWORD, Secret.of("short")), "newPassword");
        assertInvalid(
                () -> home.security().sessions().changePassword(ada, Home.PASSWORD, Home.PASSWORD), "newPassword");
        home.tokens("ada");
        assertThat(home.audit("auth.password")).extracting(AuditEntry::outcome).containsExactly(Outcome.DENIED);
    }

    @Test
    void guessingTheCurrentPasswordIsLimited() {
        home.user("ada", null);
        Caller ada = home.signIn("ada");
        for (int i = 0; i < 10; i++) {
            assertInvalid(
                    () -> home.security()
                            .sessions()
                            .changePassword(ada, NEW_PASSWORD, Secret.of("something else again")),
                    "currentPassword");
        }
        assertRefused(
                () -> home.security().sessions().changePassword(ada, Home.PASSWORD, NEW_PASSWORD),
                ErrorCode.RATE_LIMITED);
    }

    @Test
    void whoIsNoUserHasNoSessions() {
        assertRefused(() -> home.security().sessions().me(home.owner()), ErrorCode.NOT_FOUND);
        assertThat(home.security().sessions().sessions(home.owner())).isEmpty();
        home.security().sessions().logout(home.owner());
    }
}
