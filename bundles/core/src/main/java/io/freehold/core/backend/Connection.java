package io.freehold.core.backend;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.Subscription;
import io.freehold.api.backend.Health;
import io.freehold.api.backend.RegisteredBackend;
import io.freehold.api.event.EventType;
import io.freehold.api.provider.Backend;
import io.freehold.api.provider.Node;
import io.freehold.api.provider.ProviderException;
import io.freehold.api.provider.ProviderInfo;
import io.freehold.api.security.Permissions;
import io.freehold.api.security.Scope;
import io.freehold.core.event.Audience;
import io.freehold.core.event.Events;
import io.freehold.core.util.Sequence;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One backend as it stands: its configuration, its health, and the way to call it. Keeping it connected is
 * the {@link Keeper}'s. Thread-safe; reading it waits for nothing.
 */
public final class Connection {
    private final Calls calls;
    private final Events events;
    private final Sequence revisions;
    private final Clock clock;
    private BackendRow row;
    private @Nullable Opened opened;
    private @Nullable String product;
    private List<Node> nodes = List.of();
    private List<String> capabilities = List.of();
    private Health health;
    private CompletableFuture<Boolean> settled = new CompletableFuture<>();
    private volatile RegisteredBackend view;
    private volatile boolean retired;

    Connection(BackendRow row, Calls calls, Events events, Sequence revisions, Clock clock) {
        this.row = row;
        this.calls = calls;
        this.events = events;
        this.revisions = revisions;
        this.clock = clock;
        this.health = new Health(Health.Status.CONNECTING, clock.instant(), null, null);
        this.view = makeView();
    }

    public UUID id() {
        return view.id();
    }

    /** The backend as callers see it. */
    public RegisteredBackend view() {
        return view;
    }

    /** Whether it is being deleted: nothing new may begin on it. */
    public boolean isRetired() {
        return retired;
    }

    void retired(boolean value) {
        retired = value;
    }

    /** Whether it can be called now. */
    public boolean isUp() {
        return view.health().status() == Health.Status.UP;
    }

    /** Whether it could do that when it was last connected. */
    public boolean can(Class<?> capability) {
        return view.capabilities().contains(capability.getSimpleName());
    }

    /**
     * Who opened it.
     *
     * @throws FreeholdException {@code UNAVAILABLE}
     */
    public ProviderInfo provider() {
        return require().provider();
    }

    /**
     * Asks it something.
     *
     * @throws FreeholdException {@code UNAVAILABLE} at once if it is not up; else as the provider and
     *     {@link Calls#call} throw
     */
    public <T> T ask(Duration limit, Function<Backend, T> question) {
        return require().ask(Calls.Lane.CALLERS, limit, question);
    }

    /**
     * Uses one of its capabilities.
     *
     * @throws FreeholdException as {@link #ask}; {@code CONFLICT} if it does not have that capability
     */
    public <C, T> T use(Class<C> capability, Duration limit, Function<C, T> work) {
        return open(capability, limit, work, late -> {});
    }

    /**
     * Opens something with one of its capabilities.
     *
     * @param late closes it if it comes after the limit
     * @throws FreeholdException as {@link #use}
     */
    public <C, T> T open(Class<C> capability, Duration limit, Function<C, T> work, Consumer<T> late) {
        return require().use(Calls.Lane.CALLERS, capability, limit, work, late);
    }

    /**
     * Types into one of its consoles, which may wait for the program inside.
     *
     * @throws FreeholdException as {@link #ask}
     */
    public void type(Duration limit, Runnable typing) {
        require().ask(Calls.Lane.TYPING, limit, backend -> {
            typing.run();
            return true;
        });
    }

    /** Has something closed when the connection closes; closing the answer means that it is no longer needed. */
    public Subscription keep(Subscription stream) {
        Opened target = require();
        target.keep(stream);
        return () -> target.release(stream);
    }

    /** Waits until it is up; false if it is not by then. */
    public boolean awaitUp(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!isUp()) {
            CompletableFuture<Boolean> next = settled();
            long left = deadline - System.nanoTime();
            if (isUp()) {
                return true;
            }
            if (left <= 0 || retired) {
                return false;
            }
            try {
                next.get(left, TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                return isUp();
            } catch (ExecutionException e) {
                throw new IllegalStateException("it is never completed so", e);
            }
        }
        return true;
    }

    /** Completes when an attempt to connect has ended, with whether it is up then. */
    synchronized CompletableFuture<Boolean> settled() {
        return settled;
    }

    Calls calls() {
        return calls;
    }

    synchronized BackendRow row() {
        return row;
    }

    synchronized @Nullable Opened opened() {
        return opened;
    }

    /**
     * Takes a new configuration and what was opened with it, unless it has a newer one; gives back what is to
     * be closed. Updates are stored one after the other and may arrive here in another order.
     */
    synchronized @Nullable Opened reconfigure(BackendRow newRow, Opened next) {
        if (newRow.version() < row.version()) {
            return next;
        }
        row = newRow;
        Opened before = install(next, newRow.version());
        publish();
        return before;
    }

    /**
     * Takes what was opened with its configuration of that version, unless it has another by now; gives back
     * what is to be closed.
     */
    synchronized @Nullable Opened install(Opened next, long version) {
        if (version != row.version()) {
            return next;
        }
        Opened before = opened;
        opened = next;
        product = next.info().product();
        nodes = next.info().nodes();
        capabilities = List.copyOf(next.capabilities());
        return before;
    }

    /** Lets go of what is open; gives it back. */
    synchronized @Nullable Opened letGo() {
        Opened before = opened;
        opened = null;
        return before;
    }

    /** Its instances are known completely as of now. */
    synchronized void up() {
        Instant now = clock.instant();
        boolean news = health.status() != Health.Status.UP;
        health = new Health(Health.Status.UP, news ? now : health.since(), null, now);
        if (news) {
            publish();
        } else {
            view = makeView();
        }
        settle(true);
    }

    /** It does not answer as it should. */
    synchronized void down(String message) {
        health(Health.Status.DOWN, message);
        settle(false);
    }

    /** Its provider is not there. */
    synchronized void withoutProvider() {
        health(
                Health.Status.NO_PROVIDER,
                "The provider '" + row.provider() + "' is not running; install or start its bundle.");
        settle(false);
    }

    /** It is being connected to; one that is down stays so until it answers. */
    synchronized void connecting() {
        if (health.status() != Health.Status.DOWN) {
            health(Health.Status.CONNECTING, null);
        }
    }

    private void settle(boolean up) {
        CompletableFuture<Boolean> ended = settled;
        settled = new CompletableFuture<>();
        ended.complete(up);
    }

    private void health(Health.Status status, @Nullable String message) {
        boolean changed = status != health.status();
        if (changed || (message != null && !message.equals(health.message()))) {
            health = new Health(status, changed ? clock.instant() : health.since(), message, health.observedAt());
            publish();
        }
    }

    private void publish() {
        view = makeView();
        events.publish(
                EventType.BACKEND_CHANGED,
                view.revision(),
                view,
                Audience.holding(Permissions.BACKEND_READ, List.of(Scope.backend(view.id()))));
    }

    private RegisteredBackend makeView() {
        return new RegisteredBackend(
                row.id(),
                row.provider(),
                row.name(),
                row.config(),
                row.secrets().keySet().stream().sorted().toList(),
                health,
                capabilities,
                nodes,
                product,
                row.createdAt(),
                row.version(),
                revisions.next());
    }

    private Opened require() {
        Opened target = opened();
        Health now = view.health();
        if (target == null || now.status() != Health.Status.UP) {
            throw new ProviderException(
                    ErrorCode.UNAVAILABLE,
                    "Backend '" + view.name() + "' cannot be used now"
                            + (now.message() == null ? "; it is being connected." : ": " + now.message()));
        }
        return target;
    }
}
