package io.freehold.provider.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freehold.api.admission.AdmissionPolicy;
import io.freehold.api.admission.Demand;
import io.freehold.api.admission.Demand.HostFolder;
import io.freehold.api.instance.Kind;
import io.freehold.api.instance.Resources;
import io.freehold.api.provider.InstanceSpec;
import io.freehold.api.provider.ProviderException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What each way of asking the engine for something of the host is taken for. */
class HostDemandsTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String SAFE = "'SecurityOpt':['no-new-privileges'],'PidsLimit':100";

    private static List<Demand> read(String json) {
        try {
            JsonNode request = MAPPER.readTree(json.replace('\'', '"'));
            return HostDemands.of(request);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    /** The demands of a configuration that the form has read, beyond what everybody gets. */
    private static List<Demand> demands(Map<String, Object> config) {
        return HostDemands.of(ContainerRequest.of(spec(config))).stream()
                .filter(demand -> !AdmissionPolicy.DEFAULT.admits(demand))
                .toList();
    }

    private static InstanceSpec spec(Map<String, Object> config) {
        return new InstanceSpec(
                "token",
                "name",
                Kind.CONTAINER,
                "image:1",
                Resources.UNLIMITED,
                List.of(),
                Map.of(),
                Map.of(),
                ContainerRequest.CONFIGURATION.read(config));
    }

    static Stream<Arguments> spellingsByWays() {
        Map<String, String> spellings = Map.of(
                "/etc", "/etc",
                "/etc/", "/etc",
                "//etc", "/etc",
                "/etc/.", "/etc",
                "/srv/../etc", "/etc",
                "/srv/data/../../etc", "/etc",
                "/../etc", "/etc",
                "/var/run/docker.sock", "/var/run/docker.sock",
                "//var//run/./docker.sock", "/var/run/docker.sock",
                "/", "/");
        List<String> ways = List.of(
                "'Binds':['%s:/x']",
                "'Binds':['%s:/x:rw,z']",
                "'Mounts':[{'Type':'bind','Source':'%s','Target':'/x'}]",
                "'Mounts':[{'Type':'bind','Source':'%s','Target':'/x','ReadOnly':false}]",
                "'Mounts':[{'Type':'volume','Target':'/x','VolumeOptions':{'DriverConfig':{'Name':'local','Options':"
                        + "{'type':'none','o':'bind','device':'%s'}}}}]",
                "'Mounts':[{'Type':'volume','Target':'/x','VolumeOptions':{'DriverConfig':{'Options':"
                        + "{'o':'rbind','device':'%s'}}}}]");
        List<Arguments> all = new ArrayList<>();
        spellings.forEach(
                (spelling, path) -> ways.forEach(way -> all.add(Arguments.of(String.format(way, spelling), path))));
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("spellingsByWays")
    void cve2026x44850AFolderOfTheHostIsSeenWhicheverWayItGetsIn(String way, String path) {
        assertThat(read("{'HostConfig':{" + SAFE + "," + way + "}}")).contains(HostFolder.of(path, false));
    }

    static Stream<Arguments> others() {
        return Stream.of(
                Arguments.of("'Privileged':true", new Demand.Privileged()),
                Arguments.of("'NetworkMode':'host'", new Demand.HostNamespace(Demand.Namespace.NETWORK)),
                Arguments.of("'PidMode':'host'", new Demand.HostNamespace(Demand.Namespace.PID)),
                Arguments.of("'IpcMode':'host'", new Demand.HostNamespace(Demand.Namespace.IPC)),
                Arguments.of("'UTSMode':'host'", new Demand.HostNamespace(Demand.Namespace.UTS)),
                Arguments.of("'UsernsMode':'host'", new Demand.HostNamespace(Demand.Namespace.USER)),
                Arguments.of("'CgroupnsMode':'host'", new Demand.HostNamespace(Demand.Namespace.CGROUP)),
                Arguments.of("'PidMode':'container:abc'", new Demand.Other("PidMode container:abc")),
                Arguments.of("'NetworkMode':'container:abc'", new Demand.Other("NetworkMode container:abc")),
                Arguments.of("'NetworkMode':'others'", new Demand.Other("NetworkMode others")),
                Arguments.of("'CapAdd':['cap_sys_admin']", new Demand.LinuxCapability("SYS_ADMIN")),
                Arguments.of("'Devices':[{'PathOnHost':'/dev//sda'}]", Demand.Device.of("/dev/sda")),
                Arguments.of("'Sysctls':{'kernel.msgmax':'1'}", new Demand.Sysctl("kernel.msgmax")),
                Arguments.of("'Runtime':'evil'", new Demand.EngineRuntime("evil")),
                Arguments.of("'MaskedPaths':[]", new Demand.SecurityOption("systempaths=unconfined")),
                Arguments.of("'ReadonlyPaths':[]", new Demand.SecurityOption("systempaths=unconfined")),
                Arguments.of("'Binds':['data:/x']", new Demand.NamedVolume("data")),
                Arguments.of("'Binds':['../etc:/x']", new Demand.Other("the bind ../etc:/x")),
                Arguments.of(
                        "'Mounts':[{'Type':'volume','Source':'data','Target':'/x'}]", new Demand.NamedVolume("data")),
                Arguments.of(
                        "'Mounts':[{'Type':'volume','Target':'/x','VolumeOptions':{'DriverConfig':{'Name':'nfs'}}}]",
                        new Demand.DrivenVolume("nfs", Map.of())),
                Arguments.of(
                        "'Mounts':[{'Type':'volume','Target':'/x','VolumeOptions':{'DriverConfig':{'Options':"
                                + "{'type':'overlay','device':'overlay','o':'lowerdir=/etc'}}}}]",
                        new Demand.DrivenVolume(
                                "local", Map.of("type", "overlay", "device", "overlay", "o", "lowerdir=/etc"))),
                Arguments.of(
                        "'Mounts':[{'Type':'cluster','Source':'x','Target':'/x'}]",
                        new Demand.Other("a mount of the type 'cluster'")),
                Arguments.of("'VolumesFrom':['other']", new Demand.Other("HostConfig.VolumesFrom")),
                Arguments.of("'CgroupParent':'/'", new Demand.Other("HostConfig.CgroupParent")),
                Arguments.of("'DeviceCgroupRules':['a *:* rwm']", new Demand.Other("HostConfig.DeviceCgroupRules")),
                Arguments.of("'DeviceRequests':[{}]", new Demand.Other("HostConfig.DeviceRequests")),
                Arguments.of("'binds':['/etc:/x']", new Demand.Other("HostConfig.binds")),
                Arguments.of("'OfTomorrow':1", new Demand.Other("HostConfig.OfTomorrow")));
    }

    @ParameterizedTest
    @MethodSource("others")
    void whatReachesOutIsSeenForWhatItIs(String option, Demand demand) {
        assertThat(read("{'HostConfig':{" + SAFE + "," + option + "}}")).contains(demand);
    }

    @Test
    void aKeyThatNobodyKnowsIsADemand() {
        assertThat(read("{'HostConfig':{" + SAFE + "},'hostconfig':{'Privileged':true}}"))
                .contains(new Demand.Other("hostconfig"));
    }

    @Test
    void lessConfinementIsADemandHoweverItIsSpelt() {
        for (String option : List.of("seccomp=unconfined", "seccomp:unconfined")) {
            assertThat(demands(Map.of("securityOptions", List.of(option))))
                    .containsExactly(new Demand.SecurityOption("seccomp=unconfined"));
        }
        for (String option : List.of("no-new-privileges=false", "no-new-privileges:false", "No-New-Privileges:0")) {
            assertThat(demands(Map.of("securityOptions", List.of(option))))
                    .as(option)
                    .isNotEmpty();
        }
        assertThat(read("{'HostConfig':{'PidsLimit':5}}"))
                .contains(new Demand.SecurityOption("no-new-privileges=false"));
    }

    @Test
    void cve2021x32699AContainerHasALimitOfProcessesAndNoneTakesADemand() {
        assertThat(ContainerRequest.of(spec(Map.of()))
                        .at("/HostConfig/PidsLimit")
                        .asLong())
                .isEqualTo(AdmissionPolicy.PROCESSES);
        assertThat(demands(Map.of("pidsLimit", 0))).containsExactly(new Demand.Processes(Demand.Processes.UNLIMITED));
        assertThat(demands(Map.of("pidsLimit", 5000))).containsExactly(new Demand.Processes(5000));
        assertThat(demands(Map.of("pidsLimit", 100))).isEmpty();
        for (String none : List.of("", ",'PidsLimit':0", ",'PidsLimit':-1", ",'PidsLimit':null")) {
            assertThat(read("{'HostConfig':{'SecurityOpt':['no-new-privileges']" + none + "}}"))
                    .contains(new Demand.Processes(Demand.Processes.UNLIMITED));
        }
    }

    @Test
    void aContainerOfWhichNothingIsSaidReachesNothing() {
        assertThat(demands(Map.of())).isEmpty();
        assertThat(demands(Map.of(
                        "command",
                        List.of("/bin/true"),
                        "network",
                        "none",
                        "dropCapabilities",
                        List.of("ALL"),
                        "mounts",
                        List.of(Map.of("target", "/x"), Map.of("type", "tmpfs", "target", "/y")))))
                .isEmpty();
    }

    @Test
    void everyFieldOfTheFormThatReachesOutIsADemand() {
        assertThat(demands(Map.of(
                        "privileged",
                        true,
                        "network",
                        "host",
                        "hostNamespaces",
                        List.of("pid", "ipc"),
                        "capabilities",
                        List.of("net_raw"),
                        "devices",
                        List.of("/dev/../dev/dri:/dev/x:r"),
                        "sysctls",
                        Map.of("net.core.somaxconn", "1"),
                        "runtime",
                        "runsc")))
                .containsExactlyInAnyOrder(
                        new Demand.Privileged(),
                        new Demand.HostNamespace(Demand.Namespace.NETWORK),
                        new Demand.HostNamespace(Demand.Namespace.PID),
                        new Demand.HostNamespace(Demand.Namespace.IPC),
                        new Demand.LinuxCapability("NET_RAW"),
                        Demand.Device.of("/dev/dri"),
                        new Demand.Sysctl("net.core.somaxconn"),
                        new Demand.EngineRuntime("runsc"));
        assertThat(demands(Map.of(
                        "mounts",
                        List.of(Map.of(
                                "target", "/x", "driverOptions", Map.of("o", "bind", "device", "/srv/../etc"))))))
                .containsExactly(HostFolder.of("/etc", false));
    }

    @Test
    void theEngineGetsThePathThatWasJudged() {
        JsonNode request = ContainerRequest.of(spec(Map.of(
                "devices",
                List.of("/dev/x/../sda"),
                "mounts",
                List.of(
                        Map.of("type", "bind", "source", "/srv//data/../x/", "target", "/x"),
                        Map.of("target", "/y", "driverOptions", Map.of("o", "bind", "device", "/srv/../etc"))))));
        assertThat(request.at("/HostConfig/Devices/0/PathOnHost").asText()).isEqualTo("/dev/sda");
        assertThat(request.at("/HostConfig/Mounts/0/Source").asText()).isEqualTo("/srv/x");
        assertThat(request.at("/HostConfig/Mounts/1/VolumeOptions/DriverConfig/Options/device")
                        .asText())
                .isEqualTo("/etc");
    }

    @Test
    void optionsThatCannotWorkAreRefused() {
        for (Map<String, Object> config : List.<Map<String, Object>>of(
                Map.of("devices", List.of("sda")),
                Map.of("devices", List.of("/dev/a:/dev/b:rwm:x")),
                Map.of("devices", List.of("/dev/a:/dev/b:all")),
                Map.of("hostNamespaces", List.of("container:x")),
                Map.of("mounts", List.of(Map.of("type", "tmpfs", "target", "/x", "driver", "local"))))) {
            assertThatThrownBy(() -> ContainerRequest.of(spec(config)))
                    .as(config.toString())
                    .isInstanceOf(ProviderException.class);
        }
    }
}
