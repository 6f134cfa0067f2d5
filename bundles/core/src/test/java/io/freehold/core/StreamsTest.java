package io.freehold.core;

import static io.freehold.core.Refusals.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freehold.api.ErrorCode;
import io.freehold.api.Subscription;
import io.freehold.api.instance.Instance;
import io.freehold.api.instance.State;
import io.freehold.api.provider.Console;
import io.freehold.api.provider.ConsoleOutput;
import io.freehold.api.provider.LogLine;
import io.freehold.api.provider.LogListener;
import io.freehold.api.provider.Sample;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Permissions;
import io.freehold.api.security.Scope;
import io.freehold.provider.testkit.FakeCall;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StreamsTest extends CoreTest {
    Instance instance;

    @BeforeEach
    void create() {
        instance = house.create(backend, "web", true);
    }

    /** Collects what it is told. */
    private static final class Ear implements LogListener, ConsoleOutput {
        private final List<String> lines = new CopyOnWriteArrayList<>();
        private final List<String> ends = new CopyOnWriteArrayList<>();

        @Override
        public void line(LogLine line) {
            lines.add(line.text());
        }

        @Override
        public void ended() {
            ends.add("ended");
        }

        @Override
        public void output(byte[] data) {
            lines.add(new String(data, StandardCharsets.UTF_8));
        }

        @Override
        public void closed(String reason) {
            ends.add(reason);
        }
    }

    @Test
    void logsAreReadAndFollowedUntilTheInstanceStops() {
        Ear ear = new Ear();
        assertThat(house.streams().logs(house.admin, instance.id(), 10))
                .extracting(LogLine::text)
                .containsExactly("ready");

        house.streams().followLogs(house.admin, instance.id(), 10, ear);
        house.engine().print(house.engine().instances().get(0).id(), "hello");
        await().until(() -> ear.lines.equals(List.of("ready", "hello")));

        house.end(house.act(instance, "stop"));
        await().until(() -> ear.ends.size() == 1);
    }

    @Test
    void aLogThatIsNoLongerFollowedIsSilent() {
        Ear ear = new Ear();
        Subscription subscription = house.streams().followLogs(house.admin, instance.id(), 0, ear);
        subscription.close();
        subscription.close();

        house.engine().print(house.engine().instances().get(0).id(), "unheard");
        house.end(house.act(instance, "stop"));

        assertThat(ear.lines).isEmpty();
        assertThat(ear.ends).isEmpty();
    }

    @Test
    void streamsEndOnceWhenTheProviderGoes() {
        Ear log = new Ear();
        Ear console = new Ear();
        house.streams().followLogs(house.admin, instance.id(), 0, log);
        house.streams().console(house.admin, instance.id(), console);

        house.core.providerRemoved(house.provider);

        await().until(() -> log.ends.size() == 1 && console.ends.size() == 1);
        assertThat(refusal(() -> house.streams().logs(house.admin, instance.id(), 1))
                        .code())
                .isEqualTo(ErrorCode.UNAVAILABLE);
    }

    @Test
    void aConsoleEchoesAndIsRecorded() {
        Ear ear = new Ear();
        Console console = house.streams().console(house.admin, instance.id(), ear);

        console.input("hello\n".getBytes(StandardCharsets.UTF_8));
        console.resize(80, 25);
        await().until(() -> ear.lines.contains("hello\n"));
        console.close();

        assertThat(house.audit.entries())
                .containsSubsequence(
                        "admin instance.console instances/" + instance.id() + " INTENT",
                        "admin instance.console instances/" + instance.id() + " SUCCESS");
        assertThat(refusal(() -> console.input(new byte[] {1})).code()).isEqualTo(ErrorCode.CONFLICT);
        assertThat(ear.ends).isEmpty();
    }

    @Test
    void aConsoleOfWhatDoesNotRunIsAConflictAndRecordedAsSuch() {
        house.end(house.act(instance, "stop"));

        assertThat(refusal(() -> house.streams().console(house.admin, instance.id(), new Ear()))
                        .code())
                .isEqualTo(ErrorCode.CONFLICT);
        assertThat(house.audit.entries()).last().asString().endsWith("FAILURE");
    }

    @Test
    void measurementsShareOneStreamThatEndsWhenNobodyLooks() {
        List<Sample> first = new CopyOnWriteArrayList<>();
        List<Sample> second = new CopyOnWriteArrayList<>();
        Subscription one = house.streams().followStats(house.admin, instance.id(), first::add);
        Subscription two = house.streams().followStats(house.admin, instance.id(), second::add);
        Sample now = house.streams().stats(house.admin, instance.id());

        assertThat(now.cpuCores()).isEqualTo(0.25);
        await().until(() -> !first.isEmpty() && !second.isEmpty());
        assertThat(house.engine().calls(FakeCall.MEASURE)).isEqualTo(1);

        one.close();
        two.close();
        await().pollDelay(House.QUICK.idle().multipliedBy(2)).until(() -> true);
        house.streams().stats(house.admin, instance.id());
        assertThat(house.engine().calls(FakeCall.MEASURE)).isEqualTo(2);
    }

    @Test
    void aSlowFollowerOfMeasurementsSlowsNobody() {
        CountDownLatch release = new CountDownLatch(1);
        List<Sample> quick = new CopyOnWriteArrayList<>();
        house.streams().followStats(house.admin, instance.id(), sample -> {
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        house.streams().followStats(house.admin, instance.id(), quick::add);

        await().until(() -> quick.size() >= 2);
        release.countDown();
    }

    @Test
    void followersOfMeasurementsHearAgainWhenTheInstanceWasRestarted() {
        List<Sample> samples = new CopyOnWriteArrayList<>();
        house.streams().followStats(house.admin, instance.id(), samples::add);
        await().until(() -> !samples.isEmpty());
        house.end(house.act(instance, "stop"));
        assertThat(refusal(() -> house.streams().stats(house.admin, instance.id()))
                        .code())
                .isEqualTo(ErrorCode.CONFLICT);
        samples.clear();

        house.end(house.act(instance, "start"));

        await().until(() -> !samples.isEmpty());
    }

    @Test
    void listeningAndTypingTakePermissions() {
        house.engine().add("outside");
        await().until(() -> house.list().size() == 2);
        Instance outside = house.named("outside");
        house.end(house.act(outside, "start"));
        assertThat(house.named("outside").state()).isEqualTo(State.RUNNING);
        Caller user = house.grants.somebody("user", Scope.ROOT, Permissions.INSTANCE_READ);

        assertThat(refusal(() -> house.streams().logs(user, instance.id(), 1)).code())
                .isEqualTo(ErrorCode.DENIED);
        assertThat(refusal(() -> house.streams().stats(user, instance.id())).code())
                .isEqualTo(ErrorCode.DENIED);
        assertThat(refusal(() -> house.streams().console(user, instance.id(), new Ear()))
                        .code())
                .isEqualTo(ErrorCode.DENIED);
        house.grants.grant(user, Scope.ROOT, Permissions.INSTANCE_CONSOLE, Permissions.INSTANCE_OBSERVE);
        house.streams().console(user, instance.id(), new Ear()).close();
        assertThat(refusal(() -> house.streams().console(user, outside.id(), new Ear()))
                        .code())
                .isEqualTo(ErrorCode.DENIED);
        assertThat(house.streams().logs(user, outside.id(), 1)).hasSize(1);
        assertThat(refusal(() -> house.streams().logs(user, instance.id(), -1)).code())
                .isEqualTo(ErrorCode.INVALID);
        Caller stranger = house.grants.somebody("stranger", Scope.ROOT);
        assertThat(refusal(() -> house.streams().logs(stranger, instance.id(), 1))
                        .code())
                .isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void oneListenerThatFailsKeepsNobodyElseFromHearingTheEnd() {
        List<Ear> ears = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            house.streams().followLogs(house.admin, instance.id(), 0, new LogListener() {
                @Override
                public void line(LogLine line) {}

                @Override
                public void ended() {
                    throw new IllegalStateException("thrown by a test");
                }
            });
            Ear ear = new Ear();
            ears.add(ear);
            house.streams().followLogs(house.admin, instance.id(), 0, ear);
        }

        house.core.providerRemoved(house.provider);

        await().untilAsserted(() ->
                assertThat(ears).allSatisfy(ear -> assertThat(ear.ends).hasSize(1)));
    }

    @Test
    void whatDoesNotRunIsNotMeasured() {
        house.streams().stats(house.admin, instance.id());

        house.end(house.act(instance, "stop"));
        int asked = house.engine().calls(FakeCall.MEASURE);

        assertThat(refusal(() -> house.streams().stats(house.admin, instance.id()))
                        .code())
                .isEqualTo(ErrorCode.CONFLICT);
        assertThat(house.engine().calls(FakeCall.MEASURE)).isEqualTo(asked);
    }
}
