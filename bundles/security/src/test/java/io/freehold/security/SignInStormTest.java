package io.freehold.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.Secret;
import io.freehold.api.security.Origin;
import io.freehold.api.security.SessionService.Tokens;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Ten thousand guesses a minute, on one account and spread over many. */
class SignInStormTest extends HomeTest {
    private static final Secret GUESS = Secret.of("not the right password");
    private static final int GUESSES = 10_000;

    private Tokens login(String name, Secret password, Origin from) {
        return home.security().sessions().login(name, password, from);
    }

    /** An address of a network that no other guess came from. */
    private static Origin network(int number) {
        return new Origin(String.format("2001:db8:%x:%x::1", number >> 16, number & 0xffff), "request-9");
    }

    @Test
    void tenThousandGuessesAMinuteOnOneAccountAreTenThatAreEvaluatedInAQuarterOfAnHour() {
        home.user("ada", null);
        home.tokens("ada");
        int evaluated = 0;
        for (int i = 0; i < GUESSES; i++) {
            Origin from = network(i % 100);
            FreeholdException refusal = Refusals.refusal(() -> login("ada", GUESS, from));
            evaluated += refusal.code() == ErrorCode.UNAUTHENTICATED ? 1 : 0;
            home.clock.pass(Duration.ofMillis(6));
        }
        assertThat(evaluated).isEqualTo(10);
        assertThat(home.audit("auth.login")).hasSizeLessThan(150);
        home.tokens("ada");
        home.clock.pass(Duration.ofMinutes(13));
        Origin late = network(7);
        Refusals.assertRefused(() -> login("ada", GUESS, late), ErrorCode.RATE_LIMITED);
    }

    @Test
    void guessesSpreadOverAccountsAndSourcesHashFewAtATimeAndKeepNoKnownPlaceOut() throws InterruptedException {
        home.user("ada", null);
        home.tokens("ada");
        AtomicInteger number = new AtomicInteger();
        AtOnce<Tokens> outcome = AtOnce.run(200, () -> {
            int mine = number.getAndIncrement();
            return mine == 150 ? home.tokens("ada") : login("account" + mine, GUESS, network(mine));
        });
        assertThat(outcome.results).hasSize(1);
        assertThat(outcome.refusals).hasSize(199);
        assertThat(outcome.refusals)
                .filteredOn(refusal -> refusal.code() == ErrorCode.RATE_LIMITED)
                .isNotEmpty()
                .allSatisfy(refusal -> {
                    assertThat(refusal.reason()).isEqualTo("SIGN_IN_BUSY");
                    assertThat(refusal.retryAfter()).isPresent();
                });
    }

    @Test
    void aNameThatNobodyHasCostsWhatAWrongPasswordCosts() {
        home.user("ada", null);
        long known = Long.MAX_VALUE;
        long unknown = Long.MAX_VALUE;
        for (int i = 0; i < 9; i++) {
            known = Math.min(known, refusal("ada", network(i)));
            unknown = Math.min(unknown, refusal("nobody", network(i)));
        }
        assertThat((double) unknown / known).isBetween(0.5, 2.0);
    }

    /** The time of a processor that being refused takes, in nanoseconds: others on this machine do not add to it. */
    private long refusal(String name, Origin from) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long begun = threads.getCurrentThreadCpuTime();
        Refusals.assertRefused(() -> login(name, GUESS, from), ErrorCode.UNAUTHENTICATED);
        return threads.getCurrentThreadCpuTime() - begun;
    }
}
