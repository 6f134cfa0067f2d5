package io.freehold.storage;

import io.freehold.api.FreeholdException;
import io.freehold.api.Settings;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A process of its own that writes from several threads as fast as it can and prints what was acknowledged:
 * {@code + name} for each write, {@code - name} for one that was refused with {@code UNAVAILABLE}, and
 * {@code = count} for a read after that.
 */
final class WritingProcess implements AutoCloseable {
    private static final int THREADS = 4;

    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final List<String> acknowledged = new ArrayList<>();
    private final Thread reader;

    private WritingProcess(Process process) {
        this.process = process;
        this.reader = new Thread(this::readLines);
        reader.start();
    }

    /** Starts one on the database that the settings name. */
    static WritingProcess start(Settings settings) throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                WritingProcess.class.getName(),
                settings.data().toString(),
                settings.text("database.url").orElse(""));
        return new WritingProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    public static void main(String[] arguments) {
        Settings settings =
                Settings.of(Map.of("freehold.data", arguments[0], "freehold.database.url", arguments[1])::get);
        DatabaseTransactions transactions = Storage.open(settings).transactions();
        transactions.write(
                c -> TransactionsContract.execute(c, "CREATE TABLE IF NOT EXISTS test_names (name TEXT PRIMARY KEY)"));
        AtomicLong next = new AtomicLong();
        for (int i = 0; i < THREADS; i++) {
            new Thread(() -> writeForEver(transactions, next)).start();
        }
    }

    private static void writeForEver(DatabaseTransactions transactions, AtomicLong next) {
        String run = ProcessHandle.current().pid() + "/";
        while (true) {
            String name = run + next.incrementAndGet();
            try {
                transactions.write(c -> TransactionsContract.add(c, name));
                print("+ " + name);
            } catch (FreeholdException e) {
                TransactionsContract.unavailable(e);
                print("- " + name);
                print("= " + transactions.read(TransactionsContract::select).size());
            }
        }
    }

    private static void print(String line) {
        synchronized (System.out) {
            System.out.println(line);
            System.out.flush();
        }
    }

    private void readLines() {
        try (BufferedReader in = process.inputReader()) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            // the process was killed; what came before counts
        }
    }

    long pid() {
        return process.pid();
    }

    /** Notes what came so far; whether a line that begins so was among it. */
    boolean sees(String beginning) {
        List<String> came = new ArrayList<>();
        lines.drainTo(came);
        came.stream()
                .filter(line -> line.startsWith("+ "))
                .map(line -> line.substring(2))
                .forEach(acknowledged::add);
        return came.stream().anyMatch(line -> line.startsWith(beginning));
    }

    /** How many writes were acknowledged so far. */
    int count() {
        sees("+");
        return acknowledged.size();
    }

    /** Kills it without a chance to tidy up, and answers what it had acknowledged. */
    List<String> kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
        reader.join();
        sees("+");
        return acknowledged;
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
