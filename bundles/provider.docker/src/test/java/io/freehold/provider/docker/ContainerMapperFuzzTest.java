package io.freehold.provider.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freehold.api.admission.Demand;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever JSON an engine sends of a container, it is read: one odd container hides no other. */
class ContainerMapperFuzzTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    static Stream<byte[]> answers() {
        return Stream.of("inspected.json", "listed.json", "stats-cgroup1.json").map(ContainerMapperFuzzTest::read);
    }

    @MethodSource("answers")
    @FuzzTest
    void everyContainerIsRead(byte[] data) {
        JsonNode json;
        try {
            json = MAPPER.readTree(data);
        } catch (IOException e) {
            return; // no JSON
        }
        Container whole = ContainerMapper.whole(json);
        Container listed = ContainerMapper.listed(json, whole.details());
        assertThat(List.of(whole, listed))
                .allSatisfy(container -> assertThat(container.observed().createdAt())
                        .isBetween(Instant.EPOCH, Instant.parse("9999-12-31T00:00:00Z")));
        assertThat(ContainerMapper.listedVersion(json)).isNotNull();
        if (StatsMapper.isRunning(json)) {
            assertThat(StatsMapper.sample(json, json).cpuCores()).isNotNegative();
        }
        assertThat(HostDemands.of(json)).hasAtLeastOneElementOfType(Demand.Processes.class);
    }

    private static byte[] read(String name) {
        try (InputStream in = ContainerMapperFuzzTest.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(in).readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
