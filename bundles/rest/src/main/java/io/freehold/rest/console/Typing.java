package io.freehold.rest.console;

import io.freehold.api.FreeholdException;
import io.freehold.api.provider.Console;
import io.freehold.rest.json.MalformedBody;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Hands what a client types to its console, one message at a time, and tells the client what cannot be typed. */
final class Typing {
    private static final int MAX_CELLS = 10_000;

    private final ConsoleMessages messages;
    private final Executor executor;
    private final Supplier<@Nullable Console> console;
    private final Consumer<String> answer;

    /**
     * @param executor runs what may wait for the instance
     * @param console what is typed into; null while or since there is none
     * @param answer sends a message to the client
     */
    Typing(ConsoleMessages messages, Executor executor, Supplier<@Nullable Console> console, Consumer<String> answer) {
        this.messages = messages;
        this.executor = executor;
        this.console = console;
        this.answer = answer;
    }

    /** Takes a client's message; does not wait. The next one is to be taken once this one is done with. */
    void take(String text, Runnable done) {
        try {
            executor.execute(() -> {
                type(text);
                done.run();
            });
        } catch (RejectedExecutionException e) {
            answer.accept(messages.error("BUSY", "Too much is being typed at the moment; this was left out."));
            done.run();
        }
    }

    private void type(String text) {
        Console attached = console.get();
        if (attached == null) {
            return;
        }
        try {
            ConsoleMessages.Incoming message = messages.read(text);
            String data = message.data();
            int columns = message.columns() == null ? 0 : message.columns();
            int rows = message.rows() == null ? 0 : message.rows();
            if ("input".equals(message.type()) && data != null) {
                attached.input(data.getBytes(StandardCharsets.UTF_8));
            } else if ("resize".equals(message.type()) && isSize(columns) && isSize(rows)) {
                attached.resize(columns, rows);
            } else {
                malformed();
            }
        } catch (MalformedBody e) {
            malformed();
        } catch (FreeholdException e) {
            answer.accept(messages.error(e.reason(), String.valueOf(e.getMessage())));
        }
    }

    private void malformed() {
        answer.accept(messages.error("MALFORMED", "A message is {type:input,data} or {type:resize,columns,rows}."));
    }

    private static boolean isSize(int cells) {
        return cells >= 1 && cells <= MAX_CELLS;
    }
}
