package io.freehold.provider.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.freehold.api.ErrorCode;
import io.freehold.api.form.Values;
import io.freehold.api.instance.State;
import io.freehold.api.provider.Backend;
import io.freehold.api.provider.BackendConfig;
import io.freehold.api.provider.NativeId;
import io.freehold.api.provider.ObservedInstance;
import io.freehold.api.provider.PowerControl;
import io.freehold.api.provider.ProviderException;
import io.freehold.api.provider.Provisioning;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** The workbench of one contract test: an open backend, instances that are cleaned away, and common questions. */
public final class ContractLab implements AutoCloseable {
    private final ProviderUnderTest subject;
    private final Set<Thread> threadsBefore;
    private final Backend backend;
    private final List<String> tokens = new ArrayList<>();
    private boolean closed;

    ContractLab(ProviderUnderTest subject) {
        this.subject = subject;
        this.threadsBefore = threads();
        this.backend = open(subject.configuration());
    }

    ProviderUnderTest subject() {
        return subject;
    }

    Backend backend() {
        return backend;
    }

    Duration patience() {
        return subject.patience();
    }

    /** Opens a backend with what a user would send. */
    Backend open(Map<String, Object> configuration) {
        Values values = subject.provider().info().configuration().read(configuration);
        return subject.provider().open(new BackendConfig(UUID.randomUUID(), "contract", values));
    }

    /** The capability, or the test is skipped. */
    <C> C capability(Class<C> type) {
        Optional<C> capability = backend.capability(type);
        assumeTrue(capability.isPresent(), () -> "the backend has no " + type.getSimpleName());
        return capability.orElseThrow();
    }

    /** A token that tells this test's instance from all others; its instance is deleted after the test. */
    String newToken() {
        String token = UUID.randomUUID().toString();
        tokens.add(token);
        return token;
    }

    static String nameFor(String token) {
        return "contract-" + token.substring(0, 8);
    }

    NativeId create() {
        String token = newToken();
        return capability(Provisioning.class).create(subject.spec(nameFor(token), token), new FakeContext());
    }

    NativeId createRunning() {
        NativeId id = create();
        capability(PowerControl.class).start(id, new FakeContext());
        return id;
    }

    void stop(NativeId id) {
        capability(PowerControl.class).stop(id, Duration.ofSeconds(1), new FakeContext());
    }

    ObservedInstance observed(NativeId id) {
        return backend.instance(id).orElseThrow(() -> new AssertionError("instance " + id + " is not there"));
    }

    State state(NativeId id) {
        return observed(id).state();
    }

    List<ObservedInstance> withToken(String token) {
        return backend.instances().stream()
                .filter(instance -> token.equals(instance.creationToken()))
                .toList();
    }

    /** Asserts a refusal that helps the person who reads it. */
    static void assertRefused(ThrowingCallable call, ErrorCode... codes) {
        Throwable thrown = catchThrowable(call);
        assertThat(thrown).isInstanceOf(ProviderException.class);
        assertThat(((ProviderException) thrown).code()).isIn((Object[]) codes);
        assertThat(thrown.getMessage())
                .as("a message for people")
                .contains(" ")
                .doesNotContain("Exception", "java.", "com.", "null");
    }

    /** Asserts that every thread which began since the test did ends. */
    void assertNoThreadLeft() throws InterruptedException {
        long end = System.nanoTime() + patience().toNanos();
        for (Thread thread : threads()) {
            long millis = (end - System.nanoTime()) / 1_000_000;
            if (!threadsBefore.contains(thread) && millis > 0) {
                thread.join(millis);
            }
        }
        Set<Thread> left = new HashSet<>(threads());
        left.removeAll(threadsBefore);
        assertThat(left).as("threads that are left").isEmpty();
    }

    /** Deletes what the test created and closes the backend; a test may do so itself. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        backend.capability(Provisioning.class).ifPresent(provisioning -> backend.instances().stream()
                .filter(instance -> tokens.contains(instance.creationToken()))
                .forEach(instance -> provisioning.delete(instance.id(), new FakeContext())));
        backend.close();
    }

    /** Live threads, but for those that the JDK keeps for everybody. */
    private static Set<Thread> threads() {
        Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
        threads.removeIf(thread -> thread.getThreadGroup() == null
                || thread.getThreadGroup().getName().equals("system")
                || thread.getThreadGroup().getName().equals("InnocuousThreadGroup")
                || thread.getName().startsWith("ForkJoinPool.commonPool"));
        return threads;
    }
}
