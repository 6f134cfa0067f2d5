package io.freehold.provider.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.freehold.api.ErrorCode;
import io.freehold.api.instance.State;
import io.freehold.api.provider.NativeId;
import io.freehold.api.provider.PauseControl;
import io.freehold.api.provider.PowerControl;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How instances are started, stopped and frozen. */
public interface PowerContract extends Contract {

    @Test
    default void startsAndIsFineWithWhatRuns() {
        NativeId id = lab().createRunning();
        assertThat(lab().state(id)).isEqualTo(State.RUNNING);
        lab().capability(PowerControl.class).start(id, new FakeContext());
        assertThat(lab().state(id)).isEqualTo(State.RUNNING);
    }

    @Test
    default void stopsAndIsFineWithWhatDoesNotRun() {
        NativeId id = lab().createRunning();
        lab().stop(id);
        assertThat(lab().state(id)).isEqualTo(State.STOPPED);
        lab().stop(id);
        assertThat(lab().state(id)).isEqualTo(State.STOPPED);
    }

    @Test
    default void restartsWhatRunsAndWhatDoesNot() {
        PowerControl power = lab().capability(PowerControl.class);
        NativeId id = lab().create();
        power.restart(id, Duration.ofSeconds(1), new FakeContext());
        assertThat(lab().state(id)).isEqualTo(State.RUNNING);
        power.restart(id, Duration.ofSeconds(1), new FakeContext());
        assertThat(lab().state(id)).isEqualTo(State.RUNNING);
    }

    @Test
    default void killsAndIsFineWithWhatDoesNotRun() {
        PowerControl power = lab().capability(PowerControl.class);
        NativeId id = lab().createRunning();
        power.kill(id, new FakeContext());
        assertThat(lab().state(id)).isEqualTo(State.STOPPED);
        power.kill(id, new FakeContext());
        assertThat(lab().state(id)).isEqualTo(State.STOPPED);
    }

    @Test
    default void pausesAndResumesAndIsFineWithWhatIsSo() {
        PauseControl pause = lab().capability(PauseControl.class);
        NativeId id = lab().createRunning();
        pause.pause(id, new FakeContext());
        assertThat(lab().state(id)).isEqualTo(State.PAUSED);
        pause.pause(id, new FakeContext());
        assertThat(lab().state(id)).isEqualTo(State.PAUSED);
        pause.resume(id, new FakeContext());
        assertThat(lab().state(id)).isEqualTo(State.RUNNING);
        pause.resume(id, new FakeContext());
        assertThat(lab().state(id)).isEqualTo(State.RUNNING);
    }

    @Test
    default void stoppedInstanceCannotBePaused() {
        PauseControl pause = lab().capability(PauseControl.class);
        NativeId id = lab().create();
        ContractLab.assertRefused(() -> pause.pause(id, new FakeContext()), ErrorCode.CONFLICT);
        ContractLab.assertRefused(() -> pause.resume(id, new FakeContext()), ErrorCode.CONFLICT);
        assertThat(lab().state(id)).isEqualTo(State.STOPPED);
    }

    @Test
    default void pausedInstanceCanBeKilled() {
        PauseControl pause = lab().capability(PauseControl.class);
        NativeId id = lab().createRunning();
        pause.pause(id, new FakeContext());
        lab().capability(PowerControl.class).kill(id, new FakeContext());
        assertThat(lab().state(id)).isEqualTo(State.STOPPED);
    }

    @Test
    default void unknownInstanceHasNoPower() {
        PowerControl power = lab().capability(PowerControl.class);
        NativeId id = lab().subject().unknownId();
        ContractLab.assertRefused(() -> power.start(id, new FakeContext()), ErrorCode.NOT_FOUND);
        ContractLab.assertRefused(() -> power.stop(id, Duration.ZERO, new FakeContext()), ErrorCode.NOT_FOUND);
        ContractLab.assertRefused(() -> power.restart(id, Duration.ZERO, new FakeContext()), ErrorCode.NOT_FOUND);
        ContractLab.assertRefused(() -> power.kill(id, new FakeContext()), ErrorCode.NOT_FOUND);
    }
}
