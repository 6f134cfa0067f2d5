package io.freehold.plugins;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the jars of one folder. The operating system says when something changes; only a file that is still
 * being written to is looked at again.
 */
final class FolderWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FolderWatch.class);
    /** A file that did not change for so long is looked at. */
    private static final Duration QUIET = Duration.ofMillis(20);

    private static final Duration AGAIN = Duration.ofMillis(100);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Path folder;
    private final Listener listener;
    private final Duration patience;
    private final WatchService watch;
    private final Thread thread = new Thread(this::run, "plugins-deploy");
    private final Map<String, Pending> pending = new TreeMap<>();
    private final Set<String> present = new HashSet<>();
    private boolean readable;

    /** Hears of files, one at a time, on the thread of the watch. */
    interface Listener {
        /**
         * A file is new or has changed.
         *
         * @param patient whether more of it may come
         * @return false if it is not whole: look again
         */
        boolean arrived(String file, boolean patient) throws IOException;

        /** A file is gone. */
        boolean gone(String file);

        /** Every file that was there at the start has been dealt with; called once. */
        void caughtUp();
    }

    /** A file that is not yet dealt with: how it looked, and since when it looks so. */
    private record Pending(@Nullable String stamp, long since) {}

    /**
     * @param patience how long a file that is not whole may stay as it is before it is taken for broken
     */
    FolderWatch(Path folder, Listener listener, Duration patience) throws IOException {
        this.folder = folder;
        this.listener = listener;
        this.patience = patience;
        Files.createDirectories(folder);
        watch = folder.getFileSystem().newWatchService();
        register();
    }

    /** Begins with what is there. */
    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    private void register() throws IOException {
        folder.register(
                watch,
                StandardWatchEventKinds.ENTRY_CREATE,
                StandardWatchEventKinds.ENTRY_MODIFY,
                StandardWatchEventKinds.ENTRY_DELETE);
    }

    private void run() {
        try {
            scan();
            boolean behind = true;
            while (!Thread.currentThread().isInterrupted()) {
                if (behind && readable && pending.isEmpty()) {
                    behind = false;
                    listener.caughtUp();
                }
                WatchKey key =
                        pending.isEmpty() ? watch.take() : watch.poll(wait(pending.values()), TimeUnit.MILLISECONDS);
                if (key != null) {
                    heard(key);
                }
                look();
            }
        } catch (InterruptedException | ClosedWatchServiceException e) {
            LOG.debug("The deploy folder is not watched any more");
        }
    }

    private static long wait(Iterable<Pending> files) {
        long now = System.nanoTime();
        long least = AGAIN.toMillis();
        for (Pending file : files) {
            long left = QUIET.toMillis() - (now - file.since()) / 1_000_000;
            least = left > 0 ? Math.min(least, left) : least;
        }
        return Math.max(1, least);
    }

    private void heard(WatchKey key) throws InterruptedException {
        for (WatchEvent<?> event : key.pollEvents()) {
            if (event.context() instanceof Path name) {
                touch(name.toString());
            } else {
                scan();
            }
        }
        while (!key.reset()) {
            // The folder itself is gone, or was replaced by another.
            TimeUnit.MILLISECONDS.sleep(RETRY.toMillis());
            try {
                Files.createDirectories(folder);
                register();
                scan();
                return;
            } catch (IOException e) {
                LOG.debug("The deploy folder is not there: {}", e.getMessage());
            }
        }
    }

    private void scan() {
        present.forEach(this::touch);
        try (Stream<Path> files = Files.list(folder)) {
            files.map(file -> file.getFileName().toString()).sorted().forEach(this::touch);
            readable = true;
        } catch (IOException e) {
            LOG.warn("The deploy folder cannot be read: {}", e.getMessage());
        }
    }

    private void touch(String file) {
        if (file.endsWith(".jar") && !file.startsWith(".")) {
            pending.put(file, new Pending(stamp(file), System.nanoTime()));
        }
    }

    private void look() {
        for (Iterator<Map.Entry<String, Pending>> files = pending.entrySet().iterator(); files.hasNext(); ) {
            Map.Entry<String, Pending> file = files.next();
            String now = stamp(file.getKey());
            Pending before = file.getValue();
            if (!Objects.equals(now, before.stamp())) {
                file.setValue(new Pending(now, System.nanoTime()));
            } else if (quietFor(before, QUIET) && settled(file.getKey(), now, before)) {
                files.remove();
            }
        }
    }

    /** Whether the file is dealt with as it is now. */
    private boolean settled(String file, @Nullable String stamp, Pending since) {
        try {
            if (stamp == null) {
                present.remove(file);
                return listener.gone(file);
            }
            present.add(file);
            return listener.arrived(file, !quietFor(since, patience)) && stamp.equals(stamp(file));
        } catch (IOException e) {
            LOG.warn("The file {} of the deploy folder cannot be read: {}", file, e.getMessage());
            return quietFor(since, patience);
        }
    }

    private static boolean quietFor(Pending file, Duration time) {
        return System.nanoTime() - file.since() >= time.toNanos();
    }

    /** How a file looks; null if it is not there. */
    private @Nullable String stamp(String file) {
        try {
            BasicFileAttributes seen = Files.readAttributes(folder.resolve(file), BasicFileAttributes.class);
            return seen.isRegularFile() ? seen.size() + " " + seen.lastModifiedTime() + " " + seen.fileKey() : null;
        } catch (IOException e) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        watch.close();
        thread.interrupt();
    }
}
