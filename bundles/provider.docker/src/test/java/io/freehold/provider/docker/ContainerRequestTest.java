package io.freehold.provider.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.freehold.api.ErrorCode;
import io.freehold.api.instance.Kind;
import io.freehold.api.instance.Port;
import io.freehold.api.instance.Resources;
import io.freehold.api.provider.InstanceSpec;
import io.freehold.api.provider.ProviderException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContainerRequestTest {

    @Test
    void everythingIsWrittenAsTheEngineWantsIt() {
        JsonNode request = ContainerRequest.of(spec(
                new Resources(1.5, 32L << 20, null),
                List.of(
                        new Port(80, 8080, "tcp", "127.0.0.1"),
                        new Port(80, 8081, "tcp", null),
                        new Port(53, null, "udp", null)),
                Map.of("A", "b=c"),
                Map.of(
                        "command",
                        List.of("/bin/true", "x y"),
                        "restartPolicy",
                        "unless-stopped",
                        "tty",
                        true,
                        "mounts",
                        List.of(
                                Map.of("type", "bind", "source", "/srv", "target", "/data", "readOnly", true),
                                Map.of("target", "/cache")))));
        assertThat(request.toString())
                .isEqualTo("{'Image':'image:1','Tty':true,'OpenStdin':true,'Cmd':['/bin/true','x y'],'Env':['A=b=c'],"
                        .concat("'Labels':{'l':'m','io.freehold.creation-token':'token'},'HostConfig':{")
                        .concat("'SecurityOpt':['no-new-privileges'],'PidsLimit':4096,'CapDrop':['MKNOD','NET_RAW'],")
                        .concat("'RestartPolicy':{'Name':'unless-stopped'},'NanoCpus':1500000000,")
                        .concat("'Memory':33554432,'PortBindings':{'80/tcp':[{'HostIp':'127.0.0.1',")
                        .concat("'HostPort':'8080'},{'HostIp':'','HostPort':'8081'}],'53/udp':[{'HostIp':'',")
                        .concat("'HostPort':''}]},'Mounts':[{'Type':'bind','Target':'/data','ReadOnly':true,")
                        .concat("'Source':'/srv'},{'Type':'volume','Target':'/cache','ReadOnly':false}]},")
                        .concat("'ExposedPorts':{'80/tcp':{},'53/udp':{}}}")
                        .replace('\'', '"'));
    }

    @Test
    void whatCannotWorkIsRefusedBeforeTheEngineIsAsked() {
        assertRefused(mount("bind", "relative"), "config.mounts");
        assertRefused(mount("volume", "/etc"), "config.mounts");
        assertRefused(mount("volume", "../x"), "config.mounts");
        assertRefused(mount("tmpfs", "/x"), "config.mounts");
        assertRefused(with(new Resources(0.0, null, null)), "resources.cpus");
        assertRefused(with(new Resources(null, 1000L, null)), "resources.memoryBytes");
        assertRefused(with(new Resources(null, null, 1L << 30)), "resources.diskBytes");
        assertRefused(port(new Port(0, null, "tcp", null)), "ports");
        assertRefused(port(new Port(80, 70_000, "tcp", null)), "ports");
        assertRefused(port(new Port(80, null, "icmp", null)), "ports");
        assertRefused(spec(Resources.UNLIMITED, List.of(), Map.of("A=B", "c"), Map.of()), "environment");
        InstanceSpec reserved = new InstanceSpec(
                "token",
                "n",
                Kind.CONTAINER,
                "i",
                Resources.UNLIMITED,
                List.of(),
                Map.of(),
                Map.of("io.freehold.creation-token", "stolen"),
                ContainerRequest.CONFIGURATION.read(Map.of()));
        assertRefused(reserved, "labels");
    }

    private static void assertRefused(InstanceSpec spec, String field) {
        assertThatThrownBy(() -> ContainerRequest.of(spec)).isInstanceOfSatisfying(ProviderException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.INVALID);
            assertThat(e.field()).hasValue(field);
        });
    }

    private static InstanceSpec mount(String type, String source) {
        return mount(Map.of("type", type, "source", source, "target", "/x"));
    }

    private static InstanceSpec mount(Map<String, Object> mount) {
        return spec(Resources.UNLIMITED, List.of(), Map.of(), Map.of("mounts", List.of(mount)));
    }

    private static InstanceSpec with(Resources resources) {
        return spec(resources, List.of(), Map.of(), Map.of());
    }

    private static InstanceSpec port(Port port) {
        return spec(Resources.UNLIMITED, List.of(port), Map.of(), Map.of());
    }

    private static InstanceSpec spec(
            Resources resources, List<Port> ports, Map<String, String> environment, Map<String, Object> config) {
        return new InstanceSpec(
                "token",
                "name",
                Kind.CONTAINER,
                "image:1",
                resources,
                ports,
                environment,
                Map.of("l", "m"),
                ContainerRequest.CONFIGURATION.read(config));
    }
}
