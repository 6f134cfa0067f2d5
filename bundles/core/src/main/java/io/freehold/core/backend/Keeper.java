package io.freehold.core.backend;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.Subscription;
import io.freehold.api.provider.Backend;
import io.freehold.api.provider.NativeId;
import io.freehold.api.provider.ObservedInstance;
import io.freehold.api.provider.ProviderException;
import io.freehold.api.provider.Watch;
import io.freehold.core.inventory.Inventory;
import io.freehold.core.util.Timings;
import io.freehold.core.util.Workers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one backend connected and its part of the inventory right: opens it, follows its changes, reads it
 * completely now and then, and tries again, later each time, while that fails. One round at a time, always in
 * the background.
 */
final class Keeper {
    private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);
    /** After so many time-outs in a row a backend is opened anew. */
    private static final int HUNG = 3;

    private static final Duration WATCH_BEGINS = Duration.ofMillis(500);
    private static final Duration PATIENCE_WHILE_LOST = Duration.ofSeconds(5);

    private final Connection connection;
    private final Providers providers;
    private final Opener opener;
    private final Inventory inventory;
    private final Workers workers;
    private final Timings timings;

    private boolean running;
    private boolean again;
    private boolean ended;
    private int failures;
    private @Nullable Future<?> next;
    private @Nullable Following following;

    Keeper(
            Connection connection,
            Providers providers,
            Opener opener,
            Inventory inventory,
            Workers workers,
            Timings timings) {
        this.connection = connection;
        this.providers = providers;
        this.opener = opener;
        this.inventory = inventory;
        this.workers = workers;
        this.timings = timings;
    }

    Connection connection() {
        return connection;
    }

    /** Begins a round now, or right after the one under way. */
    synchronized void kick() {
        if (ended) {
            return;
        }
        if (running) {
            again = true;
            return;
        }
        if (next != null) {
            next.cancel(false);
            next = null;
        }
        running = true;
        var unused = workers.after(Duration.ZERO, this::round);
    }

    /** Ends for good and closes what is open, on another thread; completes when that is done. */
    CompletableFuture<Void> end() {
        synchronized (this) {
            ended = true;
            if (next != null) {
                next.cancel(false);
            }
        }
        return disconnect();
    }

    /** Closes what is open, on another thread, because the provider goes; completes when that is done. */
    CompletableFuture<Void> providerGone() {
        connection.withoutProvider();
        return disconnect();
    }

    private CompletableFuture<Void> disconnect() {
        Opened opened = connection.letGo();
        inventory.stale(connection.id());
        return opened == null
                ? CompletableFuture.completedFuture(null)
                : CompletableFuture.runAsync(opened::close, workers::runAnyhow);
    }

    private void round() {
        Duration pause = timings.retryLimit();
        try {
            pause = attempt();
        } finally {
            synchronized (this) {
                running = false;
                if (!ended && again) {
                    again = false;
                    kick();
                } else if (!ended) {
                    next = workers.after(pause, this::kick);
                }
            }
        }
    }

    /** One round; says how long to wait for the next. */
    private Duration attempt() {
        BackendRow row = connection.row();
        try {
            Opened opened = connection.opened();
            if (opened == null) {
                Providers.Installed installed = providers.find(row.provider()).orElse(null);
                if (installed == null) {
                    connection.withoutProvider();
                    return timings.reconcile();
                }
                connection.connecting();
                opened = opener.open(row, installed, connection.calls(), Calls.Lane.KEEPER);
                if (!install(opened, row, installed)) {
                    return Duration.ZERO;
                }
            }
            Following current = follow(opened);
            read(opened, current);
            return current != null && !current.lost ? Timings.jittered(timings.reconcile()) : timings.poll();
        } catch (FreeholdException e) {
            return failed(row, e);
        } catch (RuntimeException e) {
            // What a provider answers is not checked everywhere; what makes no sense must not leave it "up".
            ProviderException nonsense = new ProviderException(
                    ErrorCode.INTERNAL, "What its provider answers makes no sense; the log says more.", e);
            return failed(row, nonsense);
        }
    }

    /**
     * Keeps what was just opened, unless the provider went or this ended meanwhile.
     *
     * @return false if the configuration is another now: what was opened is closed again
     */
    private boolean install(Opened opened, BackendRow row, Providers.Installed installed) {
        Opened surplus = connection.install(opened, row.version());
        if (surplus != null) {
            workers.runAnyhow(surplus::close);
        }
        if (surplus == opened) {
            return false;
        }
        boolean orphan;
        synchronized (this) {
            orphan = ended;
        }
        if (orphan || providers.find(row.provider()).filter(installed::equals).isEmpty()) {
            var unused = disconnect();
            throw new ProviderException(ErrorCode.UNAVAILABLE, "It was closed while it was being opened.");
        }
        return true;
    }

    private @Nullable Following follow(Opened opened) {
        if (!opened.can(Watch.class)) {
            return null;
        }
        Following current = following;
        if (current == null || current.opened != opened) {
            Following begun = new Following(opened);
            current = begun;
            Subscription watch = opened.use(
                    Calls.Lane.KEEPER,
                    Watch.class,
                    timings.connect(),
                    capability -> capability.watch(begun),
                    Subscription::close);
            opened.keep(watch);
            following = begun;
            begun.awaitBegin();
        }
        return current;
    }

    private void read(Opened opened, @Nullable Following current) {
        synchronized (this) {
            again = false;
        }
        long mark = inventory.mark(connection.id());
        Duration limit = current != null && current.lost ? PATIENCE_WHILE_LOST : timings.call();
        List<ObservedInstance> all = opened.ask(Calls.Lane.KEEPER, limit, Backend::instances);
        if (connection.opened() == opened) {
            inventory.replace(connection.id(), all, opened.capabilities(), mark);
            if (failures > 0) {
                LOG.info("Backend '{}' answers again", connection.view().name());
            }
            failures = 0;
            connection.up();
        }
    }

    private Duration failed(BackendRow tried, FreeholdException failure) {
        if (connection.row().version() != tried.version()) {
            // What failed is not what is configured now; that has been opened already.
            return Duration.ZERO;
        }
        if (failures++ == 0 && !workers.isClosed()) {
            LOG.warn(
                    "Backend '{}' cannot be used; its instances are shown as last known: {}",
                    connection.view().name(),
                    failure.getMessage(),
                    // Nobody but the log learns what a fault was; other failures say it in their message.
                    failure.code() == ErrorCode.INTERNAL ? failure : null);
        }
        inventory.stale(connection.id());
        connection.down(String.valueOf(failure.getMessage()));
        if (failure.code() == ErrorCode.TIMEOUT && failures >= HUNG) {
            // Closing ends what hangs inside; the next round opens it anew.
            var unused = disconnect();
        }
        Duration pause = timings.retry().multipliedBy(1L << Math.min(failures - 1, 10));
        return Timings.jittered(pause.compareTo(timings.retryLimit()) < 0 ? pause : timings.retryLimit());
    }

    /** Listens to what one opened backend reports, for as long as it is the one that is used. */
    private final class Following implements Watch.Observer {
        private final Opened opened;
        private final CountDownLatch begun = new CountDownLatch(1);
        private volatile boolean lost;

        Following(Opened opened) {
            this.opened = opened;
        }

        /** Gives the stream a moment to begin, so that the first reading need not be repeated. */
        void awaitBegin() {
            try {
                if (!begun.await(WATCH_BEGINS.toMillis(), TimeUnit.MILLISECONDS)) {
                    LOG.debug(
                            "The changes of '{}' come later", connection.view().name());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private boolean isCurrent() {
            return connection.opened() == opened;
        }

        @Override
        public void changed(ObservedInstance instance) {
            if (isCurrent()) {
                inventory.changed(connection.id(), instance);
            }
        }

        @Override
        public void removed(NativeId id) {
            if (isCurrent()) {
                inventory.removed(connection.id(), id);
            }
        }

        @Override
        public void lost(ProviderException cause) {
            lost = true;
            if (isCurrent()) {
                kick();
            }
        }

        @Override
        public void restored() {
            lost = false;
            begun.countDown();
            if (isCurrent()) {
                kick();
            }
        }
    }
}
