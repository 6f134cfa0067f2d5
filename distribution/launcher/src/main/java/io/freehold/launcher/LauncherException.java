package io.freehold.launcher;

/** Ends a command with one clear line on standard error and an exit status; see {@link ExitStatus}. */
public final class LauncherException extends RuntimeException {
    private final int status;
    private final String line;

    public LauncherException(int status, String line) {
        super(line);
        this.status = status;
        this.line = line;
    }

    public LauncherException(int status, String line, Throwable cause) {
        super(line, cause);
        this.status = status;
        this.line = line;
    }

    /** What to print. */
    public String line() {
        return line;
    }

    /** The status that the process ends with. */
    public int status() {
        return status;
    }
}
