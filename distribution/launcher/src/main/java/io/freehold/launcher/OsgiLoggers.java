package io.freehold.launcher;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.service.log.FormatterLogger;
import org.osgi.service.log.Logger;
import org.osgi.service.log.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The OSGi Log Service's loggers (Compendium 101) over SLF4J. Declarative Services logs through them and
 * nowhere else: without this service nobody sees why a component fails to activate.
 */
final class OsgiLoggers implements LoggerFactory {
    @Override
    public Logger getLogger(String name) {
        return logger(name, Logger.class);
    }

    @Override
    public Logger getLogger(Class<?> type) {
        return logger(type.getName(), Logger.class);
    }

    @Override
    public <L extends Logger> L getLogger(String name, Class<L> type) {
        return logger(name, type);
    }

    @Override
    public <L extends Logger> L getLogger(Class<?> type, Class<L> loggerType) {
        return logger(type.getName(), loggerType);
    }

    @Override
    public <L extends Logger> L getLogger(Bundle bundle, String name, Class<L> type) {
        return logger(Logger.ROOT_LOGGER_NAME.equals(name) ? bundle.getSymbolicName() : name, type);
    }

    private static <L extends Logger> L logger(String name, Class<L> type) {
        org.slf4j.Logger log = org.slf4j.LoggerFactory.getLogger(name);
        boolean printf = FormatterLogger.class.isAssignableFrom(type);
        InvocationHandler handler = (proxy, method, arguments) -> {
            String called = method.getName();
            if (method.getDeclaringClass() == Object.class) {
                return object(proxy, name, called, arguments);
            }
            if (called.equals("getName")) {
                return name;
            }
            if (called.startsWith("is")) {
                return log.isEnabledForLevel(level(called.substring(2, called.length() - "Enabled".length())));
            }
            if (arguments[0] instanceof String message) {
                log(log, level(called), printf, message, Arrays.copyOfRange(arguments, 1, arguments.length));
                return null;
            }
            // The variants that take a block of code run it only if the level is on.
            throw new UnsupportedOperationException(method.toString());
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static @Nullable Object object(Object proxy, String name, String called, Object[] arguments) {
        return switch (called) {
            case "equals" -> proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> "Logger " + name;
        };
    }

    private static void log(org.slf4j.Logger log, Level level, boolean printf, String message, Object[] rest) {
        Object[] values = rest.length == 1 && rest[0] instanceof Object[] many ? many : rest;
        if (log.isEnabledForLevel(level)) {
            Object last = values.length == 0 ? null : values[values.length - 1];
            Throwable failure = last instanceof Throwable thrown ? thrown : null;
            String text = printf && values.length > 0 ? String.format(message, values) : message;
            log.atLevel(level).setCause(failure).log(text, printf ? new Object[0] : values);
        }
    }

    /** The SLF4J level of an OSGi one; its "audit" is what must be logged at any level. */
    private static Level level(String name) {
        for (Level level : Level.values()) {
            if (level.name().equalsIgnoreCase(name)) {
                return level;
            }
        }
        return Level.ERROR;
    }
}
