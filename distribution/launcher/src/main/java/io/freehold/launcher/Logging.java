package io.freehold.launcher;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.util.FileSize;
import java.nio.file.Path;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of framework and bundles. Set up in code: reading a Logback file costs a tenth of a second of every
 * start. Logback finds this class through {@code META-INF/services}.
 */
public final class Logging extends ContextAwareBase implements Configurator {
    private static final String PATTERN =
            "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %replace([%X{requestId}] ){'\\[\\] ', ''}%logger{0} - %msg%n";

    /** Until {@link #start} is called nothing is written, and Logback looks for no configuration file. */
    @Override
    public ExecutionStatus configure(LoggerContext context) {
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.OFF);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /**
     * Writes the log to standard output, or to a file of at most 20 MB that is kept with its four
     * predecessors.
     *
     * @param level of Freehold's own log; libraries get to say warnings and errors unless it is finer than info
     */
    static void start(String level, boolean toFile, Path file) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(PATTERN);
        encoder.start();
        OutputStreamAppender<ILoggingEvent> appender =
                toFile ? rolling(context, file.toString()) : new ConsoleAppender<>();
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.start();
        ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        Level own = Level.toLevel(level.toUpperCase(Locale.ROOT), Level.INFO);
        root.setLevel(own.toInt() >= Level.INFO_INT ? Level.WARN : Level.INFO);
        context.getLogger("io.freehold").setLevel(own);
        root.addAppender(appender);
    }

    /**
     * Writes nothing any more, unless the log is finer than info: the framework's tale of a component that
     * cannot run only hides the one line that says why.
     */
    static void hush() {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        if (!context.getLogger("io.freehold").isDebugEnabled()) {
            context.getLogger("io.freehold").setLevel(Level.OFF);
            context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.OFF);
        }
    }

    /** Writes what is still buffered and closes the log. */
    static void stop() {
        ((LoggerContext) LoggerFactory.getILoggerFactory()).stop();
    }

    private static RollingFileAppender<ILoggingEvent> rolling(LoggerContext context, String file) {
        RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
        appender.setFile(file);
        FixedWindowRollingPolicy window = new FixedWindowRollingPolicy();
        window.setContext(context);
        window.setParent(appender);
        window.setFileNamePattern(file + ".%i");
        window.setMinIndex(1);
        window.setMaxIndex(4);
        window.start();
        SizeBasedTriggeringPolicy<ILoggingEvent> size = new SizeBasedTriggeringPolicy<>();
        size.setContext(context);
        size.setMaxFileSize(FileSize.valueOf("20MB"));
        size.start();
        appender.setRollingPolicy(window);
        appender.setTriggeringPolicy(size);
        return appender;
    }
}
