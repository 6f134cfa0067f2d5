package io.freehold.provider.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.admission.Demand;
import io.freehold.api.form.Values;
import io.freehold.api.instance.Kind;
import io.freehold.api.instance.Resources;
import io.freehold.api.provider.InstanceSpec;
import io.freehold.api.provider.ProviderException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** What is asked of a container is refused, or written so that what it reaches on the host is found in it again. */
class ContainerRequestFuzzTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

    static Stream<byte[]> configurations() {
        return Stream.of("""
                        {"command":["sh","-c","x"],"tty":true,"restartPolicy":"always","pidsLimit":0}""", """
                        {"mounts":[{"type":"bind","source":"/srv//../etc","target":"/x","readOnly":true},
                        {"type":"volume","source":"v","target":"/v","driver":"local","driverOptions":{"device":"/","o":"bind"}}]}""", """
                        {"network":"host","hostNamespaces":["pid"],"capabilities":["cap_net_admin"],"dropCapabilities":["ALL"],
                        "devices":["/dev/dri","/dev/a:/dev/b:rw"],"securityOptions":["seccomp=unconfined"],"sysctls":{"a/b":"1"},
                        "runtime":"runc","privileged":true}""").map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("configurations")
    @FuzzTest
    void demandsAreFoundInTheRequest(byte[] data) throws IOException {
        Map<String, Object> given;
        try {
            given = MAPPER.readValue(data, MAP);
        } catch (IOException e) {
            return; // no JSON
        }
        if (given == null) {
            return;
        }
        given.values().removeIf(Objects::isNull);
        ObjectNode request;
        Values config;
        try {
            config = ContainerRequest.CONFIGURATION.read(given);
            request = ContainerRequest.of(spec(config));
        } catch (FreeholdException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.INVALID);
            assertThat(e instanceof ProviderException refusal && refusal.field().isEmpty())
                    .isFalse();
            return;
        }
        List<Demand> demands = HostDemands.of(MAPPER.readTree(MAPPER.writeValueAsBytes(request)));
        assertThat(demands).isEqualTo(HostDemands.of(request)).allSatisfy(demand -> assertThat(demand.words())
                .isNotBlank());
        assertThat(demands.contains(new Demand.Privileged())).isEqualTo(config.flag("privileged"));
        assertThat(demands.contains(new Demand.HostNamespace(Demand.Namespace.NETWORK)))
                .isEqualTo(config.text("network").orElse("").equals("host"));
        for (Values mount : config.objects("mounts")) {
            if (mount.text("type").orElse("").equals("bind")) {
                assertThat(demands)
                        .contains(Demand.HostFolder.of(mount.text("source").orElseThrow(), mount.flag("readOnly")));
            }
        }
    }

    private static InstanceSpec spec(Values config) {
        return new InstanceSpec(
                "token", "fuzzed", Kind.CONTAINER, "image", Resources.UNLIMITED, List.of(), Map.of(), Map.of(), config);
    }
}
