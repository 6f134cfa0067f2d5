package io.freehold.storage;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import org.jspecify.annotations.Nullable;

/**
 * The connection that work gets: it may do everything but end or change the transaction, which belongs to
 * {@code Transactions}. Closing it does nothing, because libraries close what they were given.
 */
final class GuardedConnection implements InvocationHandler {
    private final Connection raw;

    private GuardedConnection(Connection raw) {
        this.raw = raw;
    }

    static Connection of(Connection raw) {
        return (Connection) Proxy.newProxyInstance(
                GuardedConnection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                new GuardedConnection(raw));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        boolean plain = arguments == null || arguments.length == 0;
        switch (method.getName()) {
            case "close" -> {
                return null;
            }
            case "getAutoCommit" -> {
                return false;
            }
            case "commit", "setAutoCommit", "abort", "setReadOnly", "setTransactionIsolation" -> throw refused(method);
            case "rollback" -> {
                if (plain) {
                    throw refused(method);
                }
            }
            default -> {
                // everything else is the work's own business
            }
        }
        try {
            return method.invoke(raw, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    private static IllegalStateException refused(Method method) {
        return new IllegalStateException(method.getName()
                + "() is not for work inside a transaction: it commits when it returns and rolls back when it throws");
    }
}
