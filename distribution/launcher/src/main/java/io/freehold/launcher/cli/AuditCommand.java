package io.freehold.launcher.cli;

import io.freehold.launcher.ExitStatus;
import io.freehold.launcher.LauncherException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code freehold audit}: exports the audit log, and checks it, exports or sealed segments, which needs no running Freehold. */
final class AuditCommand {
    private final Supplier<AdminClient> client;
    private final PrintStream out;

    /** @param client is asked for only if Freehold has to run */
    AuditCommand(Supplier<AdminClient> client, PrintStream out) {
        this.client = client;
        this.out = out;
    }

    /** Which files to look at, and how. */
    private static final class Options {
        private final List<Path> files = new ArrayList<>();
        private @Nullable Path anchors;
        private @Nullable String key;
        private boolean partial;
    }

    /**
     * Checks files if any are named, and the running Freehold's log otherwise.
     *
     * @param arguments after {@code audit verify}
     */
    int verify(List<String> arguments) {
        if (arguments.isEmpty()) {
            return verifyRunning();
        }
        Options options = options(arguments);
        if (options.files.isEmpty()) {
            throw usage("which file? freehold audit verify FILE... [--anchors FILE] [--key KEY] [--partial]");
        }
        try {
            AuditAnchors anchors =
                    options.anchors == null ? AuditAnchors.none() : AuditAnchors.read(options.anchors, options.key);
            AuditVerifier verifier = new AuditVerifier(anchors, options.key, options.partial);
            for (int i = 0; i < options.files.size(); i++) {
                out.println(verifier.verify(options.files.get(i), i + 1 < options.files.size()));
            }
            return ExitStatus.OK;
        } catch (IOException e) {
            throw new LauncherException(ExitStatus.FAILED, "cannot read " + e.getMessage(), e);
        } catch (AuditVerifier.Broken e) {
            throw new LauncherException(ExitStatus.FAILED, String.valueOf(e.getMessage()), e);
        }
    }

    private static Options options(List<String> arguments) {
        Options options = new Options();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            boolean value = argument.equals("--anchors") || argument.equals("--key");
            if (value && ++i == arguments.size()) {
                throw usage("what follows " + argument + "?");
            }
            switch (argument) {
                case "--anchors" -> options.anchors = Path.of(arguments.get(i));
                case "--key" -> options.key = key(arguments.get(i));
                case "--partial" -> options.partial = true;
                default -> {
                    if (argument.startsWith("-")) {
                        throw usage("unknown option '" + argument + "' of audit verify");
                    }
                    options.files.add(Path.of(argument));
                }
            }
        }
        return options;
    }

    private static String key(String text) {
        if (!text.matches("[0-9a-f]{64}")) {
            throw usage("a key has 64 hexadecimal digits, as 'key' in the lines of the anchors");
        }
        return text;
    }

    private static LauncherException usage(String line) {
        return new LauncherException(ExitStatus.USAGE, line);
    }

    private int verifyRunning() {
        AdminClient.Answer answer = client.get().get("/api/v1/audit/verify");
        if (!answer.ok()) {
            throw new LauncherException(ExitStatus.FAILED, "the audit log cannot be verified: " + answer.problem());
        }
        if (!Boolean.TRUE.equals(answer.body().get("ok"))) {
            throw new LauncherException(
                    ExitStatus.FAILED, String.valueOf(answer.body().get("message")));
        }
        out.println("The audit log is whole: " + answer.body().get("entries") + " entries, "
                + answer.body().get("segments") + " sealed segments; "
                + answer.body().get("anchors") + " anchors match; its head is "
                + answer.body().get("head"));
        return ExitStatus.OK;
    }

    /** Writes the whole log to a new file that its owner alone can read. */
    int export(Path file) {
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException e) {
            throw new LauncherException(ExitStatus.FAILED, file + " exists already; name a new file", e);
        } catch (IOException e) {
            throw new LauncherException(ExitStatus.FAILED, "cannot make the file " + file, e);
        }
        boolean done = false;
        try (OutputStream sink = Files.newOutputStream(file)) {
            client.get().download("/api/v1/audit/export", "application/x-ndjson", sink);
            done = true;
        } catch (IOException e) {
            throw new LauncherException(ExitStatus.FAILED, "cannot write " + file + ": " + e.getMessage(), e);
        } finally {
            if (!done) {
                discard(file);
            }
        }
        out.println("The audit log is in " + file + "; freehold audit verify " + file + " checks it");
        return ExitStatus.OK;
    }

    private void discard(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            out.println("Half an export stays in " + file + "; delete it");
        }
    }
}
