package io.freehold.api;

import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/**
 * Tells the launcher that Freehold cannot run as it is set up: a port that is taken, a database that
 * cannot be opened. The launcher prints the message as one line, stops the framework and exits with a
 * status other than 0.
 */
public final class StartupFailure {
    /** The service property that holds the message. */
    public static final String MESSAGE = "freehold.startup.failure";

    private StartupFailure() {}

    /**
     * Reports the failure; the caller should then fail to activate.
     *
     * @param message one line: what is wrong and what to do
     */
    public static void report(BundleContext context, String message) {
        context.registerService(
                StartupFailure.class, new StartupFailure(), FrameworkUtil.asDictionary(Map.of(MESSAGE, message)));
    }
}
