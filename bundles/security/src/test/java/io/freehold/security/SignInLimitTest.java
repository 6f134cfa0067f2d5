package io.freehold.security;

import static io.freehold.security.Refusals.assertRefused;
import static io.freehold.security.Refusals.retryAfter;
import static org.assertj.core.api.Assertions.assertThat;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.Secret;
import io.freehold.api.audit.AuditEntry;
import io.freehold.api.security.Origin;
import io.freehold.api.security.SessionService.Tokens;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SignInLimitTest extends HomeTest {
    private static final Secret GUESS = Secret.of("not the right password");

    @BeforeEach
    void someUsers() {
        home.user("ada", null);
    }

    private Tokens login(String name, Secret password, Origin from) {
        return home.security().sessions().login(name, password, from);
    }

    private void fail(int times, String name, Origin from) {
        for (int i = 0; i < times; i++) {
            assertRefused(() -> login(name, GUESS, from), ErrorCode.UNAUTHENTICATED);
        }
    }

    private static Origin from(String address) {
        return new Origin(address, "request-9");
    }

    @Test
    void afterTenFailuresAnAccountIsLockedForAQuarterOfAnHourWhereverTheyCameFrom() {
        for (int i = 0; i < 10; i++) {
            fail(1, "ada", from("203.0.113." + i));
        }
        assertThat(retryAfter(() -> login("ADA", Home.PASSWORD, from("203.0.113.99"))))
                .hasValue(Duration.ofMinutes(15));
        home.clock.pass(Duration.ofMinutes(15));
        login("ada", Home.PASSWORD, from("203.0.113.99"));
    }

    @Test
    void aClockThatWasAheadAndIsRightAgainLocksForNoLongerAndHidesNothing() {
        home.clock.set(Duration.ofDays(30));
        fail(10, "ada", Home.ELSEWHERE);
        assertThat(retryAfter(() -> login("ada", GUESS, Home.ELSEWHERE))).isPresent();
        int recorded = home.audit("auth.login").size();
        home.clock.set(Duration.ofDays(-30));
        assertThat(retryAfter(() -> login("ada", GUESS, Home.ELSEWHERE))).hasValue(Duration.ofMinutes(15));
        assertThat(home.audit("auth.login")).hasSize(recorded + 1);
        home.clock.pass(Duration.ofMinutes(15));
        login("ada", Home.PASSWORD, Home.ELSEWHERE);
    }

    @Test
    void aNameThatNobodyHasIsLockedLikeAnother() {
        fail(10, "nobody", Home.ELSEWHERE);
        assertThat(retryAfter(() -> login("nobody", GUESS, Home.ELSEWHERE))).isPresent();
    }

    @Test
    void aNameThatNobodyCanHaveIsRefusedLikeOneThatNobodyHas() {
        // PostgreSQL takes no U+0000, and would fail.
        FreeholdException refusal = Refusals.refusal(() -> login("ada\0", Home.PASSWORD, Home.ELSEWHERE));
        assertThat(refusal.code()).isEqualTo(ErrorCode.UNAUTHENTICATED);
        assertThat(refusal)
                .hasMessage(Refusals.refusal(() -> login("nobody", Home.PASSWORD, Home.ELSEWHERE))
                        .getMessage());
    }

    @Test
    void namesThatNobodyCanHaveAreCountedAsOneHoweverManyAndLongTheyAre() {
        for (int i = 0; i < 10; i++) {
            fail(1, (i + "\n").repeat(100_000), from("203.0.113." + i));
        }
        assertThat(retryAfter(() -> login("another one", GUESS, from("203.0.113.99"))))
                .isPresent();
        login("ada", Home.PASSWORD, from("203.0.113.99"));
    }

    @Test
    void theOwnerComesInFromWhereSheWasBeforeWhileOthersGuess() {
        home.tokens("ada");
        fail(10, "ada", Home.ELSEWHERE);
        assertRefused(() -> login("ada", Home.PASSWORD, Home.ELSEWHERE), ErrorCode.RATE_LIMITED);

        home.tokens("ada");
        home.restart();
        home.tokens("ada");
    }

    @Test
    void aKnownPlaceHasItsOwnTenFailures() {
        home.tokens("ada");
        fail(10, "ada", Home.HERE);
        assertRefused(() -> home.tokens("ada"), ErrorCode.RATE_LIMITED);
    }

    @Test
    void onlyTheTenPlacesThatWereUsedLastAreKnown() {
        home.tokens("ada");
        for (int i = 0; i < 10; i++) {
            home.clock.pass(Duration.ofMinutes(1));
            login("ada", Home.PASSWORD, from("203.0.113." + i));
        }
        fail(10, "ada", Home.ELSEWHERE);
        assertRefused(() -> home.tokens("ada"), ErrorCode.RATE_LIMITED);
        login("ada", Home.PASSWORD, from("203.0.113.0"));
    }

    @Test
    void attemptsBeyondTheLimitAreOneEntryPerSourceAndWindow() {
        fail(10, "ada", Home.ELSEWHERE);
        for (int i = 0; i < 30; i++) {
            assertRefused(() -> login("ada", GUESS, Home.ELSEWHERE), ErrorCode.RATE_LIMITED);
        }
        List<AuditEntry> entries = home.audit("auth.login");
        assertThat(entries).hasSize(11);
        assertThat(entries.get(0).detail()).isEqualTo("too many attempts");
        assertThat(entries.get(0).source()).isEqualTo(Home.ELSEWHERE.source());
    }

    @Test
    void ofFiftyGuessesAtOnceNoMoreThanTenAreEvaluated() throws InterruptedException {
        AtOnce<Tokens> outcome = AtOnce.run(50, () -> login("ada", GUESS, Home.ELSEWHERE));

        assertThat(outcome.results).isEmpty();
        assertThat(outcome.refusals).hasSize(50);
        assertThat(outcome.refusals)
                .filteredOn(refusal -> refusal.code() == ErrorCode.UNAUTHENTICATED)
                .hasSizeBetween(1, 10);
        assertThat(outcome.refusals)
                .filteredOn(refusal -> refusal.code() == ErrorCode.RATE_LIMITED)
                .allSatisfy(refusal -> assertThat(refusal.retryAfter()).isPresent());
    }

    @Test
    void goodSignInsDoNotCount() {
        for (int i = 0; i < 12; i++) {
            login("ada", Home.PASSWORD, Home.ELSEWHERE);
        }
        fail(10, "ada", Home.ELSEWHERE);
        assertRefused(() -> login("ada", Home.PASSWORD, Home.ELSEWHERE), ErrorCode.RATE_LIMITED);
    }

    @Test
    void anAttemptThatWasNotEvaluatedDoesNotCount() {
        fail(9, "ada", Home.ELSEWHERE);
        home.database.breakWrites(true);
        FreeholdException refusal = Refusals.refusal(() -> login("ada", Home.PASSWORD, Home.ELSEWHERE));
        assertThat(refusal.code()).isEqualTo(ErrorCode.UNAVAILABLE);
        home.database.breakWrites(false);
        login("ada", Home.PASSWORD, Home.ELSEWHERE);
    }
}
