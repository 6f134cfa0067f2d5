package io.freehold.provider.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freehold.api.instance.Port;
import io.freehold.api.instance.Resources;
import io.freehold.api.instance.State;
import io.freehold.api.provider.ObservedInstance;
import io.freehold.api.provider.Sample;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers as a Docker engine gave them. */
class ContainerMapperTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Test
    void inspectedContainerIsReadWhole() {
        ObservedInstance instance =
                ContainerMapper.whole(read("inspected.json")).observed();
        assertThat(instance.name()).isEqualTo("docker-rec");
        assertThat(instance.incarnation()).isEqualTo(instance.id().value()).hasSize(64);
        assertThat(instance.state()).isEqualTo(State.RUNNING);
        assertThat(instance.template()).isEqualTo("freehold/busybox:test");
        assertThat(instance.createdAt()).isEqualTo(Instant.parse("2026-11-23T00:23:23Z"));
        assertThat(instance.resources()).isEqualTo(new Resources(0.5, 64L << 20, null));
        assertThat(instance.labels()).containsEntry("a", "b").hasSize(1);
        assertThat(instance.network().addresses()).containsExactly("172.17.0.2");
        assertThat(instance.network().ports())
                .containsExactly(new Port(53, 32768, "udp", null), new Port(80, 18080, "tcp", null));
        assertThat(instance.creationToken()).isNull();
    }

    @Test
    void listAndInspectionGiveTheSameInstance() {
        Container whole = ContainerMapper.whole(read("inspected.json"));
        JsonNode element = read("listed.json");
        assertThat(ContainerMapper.listed(element, whole.details())).isEqualTo(whole);
        assertThat(ContainerMapper.listedVersion(element)).isEqualTo(whole.version());
    }

    @Test
    void containerWithOddTimesPortsAndExitCodeIsReadAllTheSame() {
        ObjectNode inspected = (ObjectNode) read("inspected.json");
        inspected.put("Created", "+999999999-12-31T00:00:00Z");
        ((ObjectNode) inspected.path("NetworkSettings").path("Ports")).putArray("http/tcp");
        ObjectNode element = (ObjectNode) read("listed.json");
        element.put("Created", Long.MAX_VALUE).put("State", "exited").put("Status", "Exited (99999999999) 2 hours ago");

        Container whole = ContainerMapper.whole(inspected);
        assertThat(whole.observed().createdAt()).isEqualTo(Instant.EPOCH);
        assertThat(whole.observed().network().ports()).extracting(Port::port).containsExactly(53, 80);
        assertThat(ContainerMapper.listed(element, whole.details()).observed().createdAt())
                .isEqualTo(Instant.EPOCH);
    }

    @Test
    void statisticsWithoutATimeAreOfNoRunningContainer() {
        ObjectNode stats = (ObjectNode) read("stats-cgroup1.json");
        assertThat(StatsMapper.isRunning(stats)).isTrue();
        stats.put("read", "yesterday");
        assertThat(StatsMapper.isRunning(stats)).isFalse();
    }

    @Test
    void stoppedContainerShowsThePortsThatItWillHave() {
        ObjectNode inspected = (ObjectNode) read("inspected.json");
        ((ObjectNode) inspected.path("State")).put("Status", "exited").put("ExitCode", 3);
        ((ObjectNode) inspected.path("NetworkSettings")).putObject("Ports");
        ObjectNode element = (ObjectNode) read("listed.json");
        element.put("State", "exited").put("Status", "Exited (3) 2 hours ago").putArray("Ports");

        Container whole = ContainerMapper.whole(inspected);
        assertThat(whole.observed().state()).isEqualTo(State.FAILED);
        assertThat(whole.observed().network().ports())
                .containsExactly(new Port(53, null, "udp", null), new Port(80, 18080, "tcp", null));
        assertThat(ContainerMapper.listed(element, whole.details())).isEqualTo(whole);
    }

    @Test
    void tokenIsNotShownAsALabel() {
        ObjectNode inspected = (ObjectNode) read("inspected.json");
        ((ObjectNode) inspected.path("Config").path("Labels")).put("io.freehold.creation-token", "t");
        ObservedInstance instance = ContainerMapper.whole(inspected).observed();
        assertThat(instance.creationToken()).isEqualTo("t");
        assertThat(instance.labels()).containsOnlyKeys("a");
    }

    @ParameterizedTest
    @CsvSource({
        "created, 0, false, STOPPED",
        "exited, 0, false, STOPPED",
        "exited, 130, false, STOPPED",
        "exited, 137, false, STOPPED",
        "exited, 143, false, STOPPED",
        "exited, 137, true, FAILED",
        "exited, 1, false, FAILED",
        "exited, 255, false, FAILED",
        "restarting, 1, false, STARTING",
        "running, 0, false, RUNNING",
        "paused, 0, false, PAUSED",
        "removing, 0, false, STOPPING",
        "dead, 0, false, FAILED",
        "something, 0, false, UNKNOWN"
    })
    void statesAreTold(String status, int exitCode, boolean outOfMemory, State state) {
        assertThat(ContainerMapper.state(status, exitCode, outOfMemory)).isEqualTo(state);
    }

    @Test
    void statisticsOfCgroup1AreRead() {
        ObjectNode before = (ObjectNode) read("stats-cgroup1.json");
        ObjectNode now = before.deepCopy();
        before.put("read", "2026-11-23T00:23:24.376179262Z");
        ((ObjectNode) before.path("cpu_stats").path("cpu_usage")).put("total_usage", 42179288 - 250_000_000);
        ((ObjectNode) now.path("memory_stats").path("stats")).put("total_inactive_file", 98016);
        Sample sample = StatsMapper.sample(before, now);
        assertThat(sample.cpuCores()).isEqualTo(0.25);
        assertThat(sample.memoryBytes()).isEqualTo(500_000);
        assertThat(sample.memoryLimitBytes()).isEqualTo(64L << 20);
        assertThat(sample.networkRxBytes()).isEqualTo(486);
        assertThat(StatsMapper.isRunning(now)).isTrue();
    }

    @Test
    void statisticsOfCgroup2AreRead() throws IOException {
        JsonNode now =
                MAPPER.readTree("{\"read\":\"2026-01-01T00:00:01Z\",\"cpu_stats\":{\"cpu_usage\":{\"total_usage\":5}},"
                        + "\"memory_stats\":{\"usage\":1000,\"limit\":2000,\"stats\":{\"inactive_file\":400}},"
                        + "\"blkio_stats\":{\"io_service_bytes_recursive\":[{\"op\":\"read\",\"value\":7},"
                        + "{\"op\":\"write\",\"value\":8},{\"op\":\"read\",\"value\":1}]},"
                        + "\"networks\":{\"a\":{\"tx_bytes\":2},\"b\":{\"tx_bytes\":3}}}");
        Sample sample = StatsMapper.sample(now, now);
        assertThat(sample.cpuCores()).isZero();
        assertThat(sample.memoryBytes()).isEqualTo(600);
        assertThat(sample.diskReadBytes()).isEqualTo(8);
        assertThat(sample.diskWriteBytes()).isEqualTo(8);
        assertThat(sample.networkTxBytes()).isEqualTo(5);
    }

    @Test
    void statisticsOfAStoppedContainerAreNone() throws IOException {
        assertThat(StatsMapper.isRunning(MAPPER.readTree("{\"read\":\"0001-01-01T00:00:00Z\",\"memory_stats\":{}}")))
                .isFalse();
    }

    private static JsonNode read(String name) {
        try (InputStream in = Objects.requireNonNull(ContainerMapperTest.class.getResourceAsStream(name))) {
            return MAPPER.readTree(in);
        } catch (IOException e) {
            throw new AssertionError(name, e);
        }
    }
}
