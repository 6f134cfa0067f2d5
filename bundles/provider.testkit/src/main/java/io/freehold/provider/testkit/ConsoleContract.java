package io.freehold.provider.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.freehold.api.ErrorCode;
import io.freehold.api.instance.State;
import io.freehold.api.provider.Console;
import io.freehold.api.provider.ConsoleAccess;
import io.freehold.api.provider.NativeId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How one types into instances. */
public interface ConsoleContract extends Contract {

    @Test
    default void whatIsTypedComesBack() throws InterruptedException {
        ConsoleAccess consoles = lab().capability(ConsoleAccess.class);
        NativeId id = lab().createRunning();
        RecordedConsole output = new RecordedConsole();
        try (Console console = consoles.attach(id, output)) {
            console.resize(120, 40);
            console.input("hello\n".getBytes(UTF_8));
            assertThat(output.saw("hello\n", lab().patience())).isTrue();
            console.input("wörld\n".getBytes(UTF_8));
            assertThat(output.saw("wörld\n", lab().patience())).isTrue();
        }
    }

    @Test
    default void severalConsolesSeeTheSame() throws InterruptedException {
        ConsoleAccess consoles = lab().capability(ConsoleAccess.class);
        NativeId id = lab().createRunning();
        RecordedConsole first = new RecordedConsole();
        RecordedConsole second = new RecordedConsole();
        try (Console one = consoles.attach(id, first);
                Console two = consoles.attach(id, second)) {
            one.input("from one\n".getBytes(UTF_8));
            two.input("from two\n".getBytes(UTF_8));
            assertThat(first.saw("from two\n", lab().patience())).isTrue();
            assertThat(second.saw("from one\n", lab().patience())).isTrue();
        }
    }

    @Test
    default void detachingLeavesTheInstanceRunningAndIsSilent() throws InterruptedException {
        ConsoleAccess consoles = lab().capability(ConsoleAccess.class);
        NativeId id = lab().createRunning();
        RecordedConsole output = new RecordedConsole();
        Console console = consoles.attach(id, output);
        console.close();
        console.close();
        assertThat(output.sawClosed(Duration.ofMillis(300))).as("an end").isFalse();
        assertThat(lab().state(id)).isEqualTo(State.RUNNING);
        try (Console again = consoles.attach(id, output)) {
            again.input("still here\n".getBytes(UTF_8));
            assertThat(output.saw("still here\n", lab().patience())).isTrue();
        }
    }

    @Test
    default void endOfTheInstanceIsTheEndOfTheConsole() throws InterruptedException {
        ConsoleAccess consoles = lab().capability(ConsoleAccess.class);
        NativeId id = lab().createRunning();
        RecordedConsole output = new RecordedConsole();
        try (Console console = consoles.attach(id, output)) {
            lab().stop(id);
            assertThat(output.sawClosed(lab().patience())).as("the end").isTrue();
        }
    }

    @Test
    default void onlyWhatRunsHasAConsole() {
        ConsoleAccess consoles = lab().capability(ConsoleAccess.class);
        NativeId id = lab().create();
        ContractLab.assertRefused(() -> consoles.attach(id, new RecordedConsole()), ErrorCode.CONFLICT);
        ContractLab.assertRefused(
                () -> consoles.attach(lab().subject().unknownId(), new RecordedConsole()), ErrorCode.NOT_FOUND);
    }
}
