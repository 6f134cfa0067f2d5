package io.freehold.core.stream;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.Subscription;
import io.freehold.api.provider.Console;
import io.freehold.api.provider.ConsoleOutput;
import io.freehold.core.backend.Connection;
import io.freehold.core.util.Workers;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A console that somebody is attached to: typing has a time limit, and it ends once. */
final class AttachedConsole implements ConsoleOutput, Console {
    private final Connection connection;
    private final ConsoleOutput output;
    private final Typists.Typist typist;
    private final Workers workers;
    private final Duration limit;
    private final AtomicBoolean over = new AtomicBoolean();
    private @Nullable Console source;
    private @Nullable Subscription kept;

    AttachedConsole(
            Connection connection, ConsoleOutput output, Typists.Typist typist, Workers workers, Duration limit) {
        this.connection = connection;
        this.output = output;
        this.typist = typist;
        this.workers = workers;
        this.limit = limit;
    }

    /** What is closed when this is over; at once if it is already. */
    synchronized void begun(Console provider, Subscription keeping) {
        source = provider;
        kept = keeping;
        if (over.get()) {
            closeSource();
        }
    }

    @Override
    public void output(byte[] data) {
        if (!over.get()) {
            output.output(data);
        }
    }

    @Override
    public void closed(String reason) {
        if (over.compareAndSet(false, true)) {
            closeSource();
            output.closed(reason);
        }
    }

    @Override
    public void input(byte[] data) {
        use(console -> console.input(data));
    }

    @Override
    public void resize(int columns, int rows) {
        use(console -> console.resize(columns, rows));
    }

    @Override
    public void close() {
        if (over.compareAndSet(false, true)) {
            closeSource();
        }
    }

    private void use(Consumer<Console> call) {
        Console target;
        synchronized (this) {
            target = source;
        }
        if (target == null || over.get()) {
            throw new FreeholdException(ErrorCode.CONFLICT, "The console is closed.");
        }
        typist.type(() -> connection.type(limit, () -> call.accept(target)));
    }

    private synchronized void closeSource() {
        if (kept != null) {
            kept.close();
        }
        Console closing = source;
        source = null;
        if (closing != null) {
            workers.runAnyhow(closing::close);
        }
    }
}
