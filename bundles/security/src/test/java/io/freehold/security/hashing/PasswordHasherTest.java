package io.freehold.security.hashing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freehold.api.FreeholdException;
import io.freehold.api.Secret;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

class PasswordHasherTest {
    private static final Secret PASSWORD = Secret.of("violet-tractor-hums-9");

    private final PasswordHasher hasher = new PasswordHasher(new HashingGate(1, Duration.ofSeconds(5)));

    @Test
    void aHashIsArgon2idWithTheParametersThatOwaspAsksForAndASaltOfItsOwn() {
        String hash = hasher.hash(PASSWORD);
        assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(hasher.hash(PASSWORD)).isNotEqualTo(hash);
        assertThat(hasher.matches(PASSWORD, hash, false)).isTrue();
        assertThat(hasher.matches(Secret.of("violet-tractor-hums-8"), hash, false))
                .isFalse();
        assertThat(hasher.outdated(hash)).isFalse();
        assertThat(hasher.outdated(new Argon2PasswordEncoder(16, 32, 1, 4096, 2).encode("x")))
                .isTrue();
    }

    @Test
    void aPasswordIsTheSameHoweverTheKeyboardComposesIt() {
        String hash = hasher.hash(Secret.of("sch\u00f6ner-tag-heute"));
        assertThat(hasher.matches(Secret.of("scho\u0308ner-tag-heute"), hash, false))
                .isTrue();
    }

    @Test
    void aNameThatNobodyHasCostsWhatAWrongPasswordCosts() {
        String hash = hasher.hash(PASSWORD);
        long wrong = Long.MAX_VALUE;
        long nobody = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            wrong = Math.min(wrong, cpu(() -> assertThat(hasher.matches(Secret.of("wrong"), hash, false))
                    .isFalse()));
            nobody = Math.min(nobody, cpu(() -> assertThat(hasher.matchesNobody(Secret.of("wrong")))
                    .isFalse()));
        }
        assertThat((double) nobody / wrong).isBetween(0.5, 2.0);
    }

    private static long cpu(Runnable work) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadCpuTime();
        work.run();
        return threads.getCurrentThreadCpuTime() - before;
    }

    @Test
    void noMoreHashAtATimeThanThereArePlaces() throws InterruptedException {
        HashingGate gate = new HashingGate(2, Duration.ofSeconds(10));
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Thread[] threads = new Thread[12];
        for (int i = 0; i < threads.length; i++) {
            threads[i] = new Thread(() -> gate.pass(false, () -> {
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                Thread.onSpinWait();
                return inside.decrementAndGet();
            }));
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(most.get()).isBetween(1, 2);
    }

    @Test
    void whoWouldWaitTooLongIsSentAwayButOnePlaceIsKeptForTheKnown() throws InterruptedException {
        HashingGate gate = new HashingGate(1, Duration.ofMillis(50));
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        Thread thread = new Thread(() -> gate.pass(false, () -> {
            entered.countDown();
            try {
                leave.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return true;
        }));
        thread.start();
        entered.await();

        assertThatThrownBy(() -> gate.pass(false, () -> true))
                .isInstanceOfSatisfying(FreeholdException.class, refusal -> {
                    assertThat(refusal.reason()).isEqualTo("SIGN_IN_BUSY");
                    assertThat(refusal.retryAfter()).isPresent();
                });
        assertThat(gate.pass(true, () -> "in")).isEqualTo("in");
        leave.countDown();
        thread.join();
        assertThat(gate.pass(false, () -> "in")).isEqualTo("in");
    }

    @Test
    void whoSetsPasswordsWaitsForTheirTurnAndKeepsNobodyFromSigningIn() throws Exception {
        HashingGate gate = new HashingGate(1, Duration.ofMillis(50));
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        List<CompletableFuture<Boolean>> setters = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            setters.add(CompletableFuture.supplyAsync(
                    () -> gate.passInTurn(() -> {
                        entered.countDown();
                        try {
                            return leave.await(10, TimeUnit.SECONDS);
                        } catch (InterruptedException e) {
                            throw new AssertionError(e);
                        }
                    }),
                    work -> new Thread(work).start()));
        }
        entered.await();

        assertThat(gate.pass(false, () -> "in")).isEqualTo("in");
        assertThat(setters).noneMatch(CompletableFuture::isDone);
        leave.countDown();

        assertThat(setters).allSatisfy(setter -> assertThat(setter.get(10, TimeUnit.SECONDS))
                .isTrue());
    }
}
