package io.freehold.launcher;

import org.apache.felix.framework.Logger;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleException;
import org.slf4j.LoggerFactory;

/** What Felix itself has to say, in our log. */
final class FrameworkLog extends Logger {
    private final org.slf4j.Logger log = LoggerFactory.getLogger(FrameworkLog.class);

    @Override
    protected void doLog(int level, String message, @Nullable Throwable failure) {
        // The resolver's explanation of a BundleException is its message; the stack is Felix's own.
        Throwable shown = failure instanceof BundleException bundle ? bundle.getCause() : failure;
        switch (level) {
            case LOG_ERROR -> log.error(message, shown);
            case LOG_WARNING -> log.warn(message, shown);
            case LOG_INFO -> log.info(message, shown);
            default -> log.debug(message, shown);
        }
    }
}
