package io.freehold.api.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freehold.api.FreeholdException;
import io.freehold.api.Violation;
import io.freehold.api.admission.AdmissionPolicy.Limits;
import io.freehold.api.admission.Demand.HostFolder;
import io.freehold.api.instance.Resources;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdmissionPolicyTest {
    private static AdmissionPolicy allowing(Demand... demands) {
        return new AdmissionPolicy(List.of(demands), Limits.NONE);
    }

    @Test
    void nothingIsAllowedWhereNothingIsSaid() {
        assertThat(List.of(
                        new Demand.Privileged(),
                        new Demand.HostNamespace(Demand.Namespace.PID),
                        HostFolder.of("/srv", true),
                        new Demand.NamedVolume("data"),
                        new Demand.DrivenVolume("nfs", Map.of()),
                        Demand.Device.of("/dev/dri"),
                        new Demand.LinuxCapability("NET_RAW"),
                        new Demand.SecurityOption("seccomp=unconfined"),
                        new Demand.Sysctl("net.ipv4.ip_forward"),
                        new Demand.EngineRuntime("runsc"),
                        new Demand.Processes(0),
                        new Demand.Other("anything")))
                .noneMatch(AdmissionPolicy.DEFAULT::admits);
        assertThat(AdmissionPolicy.DEFAULT.admits(new Demand.Processes(AdmissionPolicy.PROCESSES)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/srv/data2",
                "/srv/data/../../etc",
                "/srv/data/..",
                "/srv/data/../data2",
                "/srv",
                "/",
                "//srv//data2",
                "/srv/dat",
                "/srv/data/../../srv/data2",
                "/srv/DATA"
            })
    void cve2026x44848AnAllowedFolderIsNoPrefixOfOthers(String path) {
        assertThat(allowing(HostFolder.of("/srv/data", true)).admits(HostFolder.of(path, true)))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/srv/data",
                "/srv/data/",
                "//srv//data//",
                "/srv/./data",
                "/srv/x/../data",
                "/../srv/data",
                "/srv/data/sub"
            })
    void theAllowedFolderIsTheSameInEverySpelling(String path) {
        assertThat(allowing(HostFolder.of("/srv/data/.", true)).admits(HostFolder.of(path, true)))
                .isTrue();
        assertThat(allowing(HostFolder.of("/srv/data", true)).admits(HostFolder.of(path, false)))
                .isFalse();
    }

    @Test
    void aFolderForWritingIsAllowedByItselfAlone() {
        AdmissionPolicy policy = allowing(HostFolder.of("/srv", true), HostFolder.of("/srv/data", false));
        assertThat(policy.admits(HostFolder.of("/srv/data", false))).isTrue();
        assertThat(policy.admits(HostFolder.of("/srv/data", true))).isTrue();
        assertThat(policy.admits(HostFolder.of("/srv/other", true))).isTrue();
        // a link that was made from within a container
        assertThat(policy.admits(HostFolder.of("/srv/data/link", false))).isFalse();
        assertThat(policy.admits(HostFolder.of("/srv/data/link", true))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/var/run/docker.sock",
                "/run/docker.sock",
                "//run//docker.sock",
                "/run/./docker.sock",
                "/var/run/../run/docker.sock",
                "/var/run",
                "/run",
                "/var",
                "/",
                "/run/containerd/containerd.sock",
                "/run/user",
                "/run/user/1000",
                "/run/user/1000/docker.sock",
                "/home/ada/.docker/run/docker.sock",
                "/var/lib/docker/volumes",
                "/proc/1/root",
                "/proc"
            })
    void theWayToTheEngineIsKnownUnderItsNames(String path) {
        assertThat(HostPath.of(path).leadsToEngine()).isTrue();
        assertThat(allowing(HostFolder.of("/", true)).admits(HostFolder.of(path, true)))
                .isEqualTo(path.equals("/"));
        assertThat(HostFolder.of(path, true).words()).contains("engine");
    }

    @Test
    void whatIsNearTheEngineIsNotTheEngine() {
        for (String path : List.of("/srv", "/var/lib", "/run/mysqld", "/var/lib/dockerx", "/home/docker")) {
            assertThat(HostPath.of(path).leadsToEngine()).as(path).isEqualTo(path.equals("/var/lib"));
        }
    }

    @Test
    void spellingsOfNamesAreEqual() {
        assertThat(new Demand.LinuxCapability("cap_net_admin")).isEqualTo(new Demand.LinuxCapability("NET_ADMIN"));
        assertThat(new Demand.SecurityOption("seccomp:unconfined"))
                .isEqualTo(new Demand.SecurityOption("seccomp=unconfined"));
        assertThat(new Demand.Sysctl("net/ipv4/ip_forward")).isEqualTo(new Demand.Sysctl("net.ipv4.ip_forward"));
        assertThat(Demand.Device.of("/dev//dri/")).isEqualTo(Demand.Device.of("/dev/dri"));
    }

    @Test
    void theEnginesOwnVolumeDriverIsNeverAllowedByItsName() {
        Demand any = new Demand.DrivenVolume("local", Map.of());
        assertThat(allowing(any).admits(new Demand.DrivenVolume("local", Map.of("device", "/etc", "o", "bind,x"))))
                .isFalse();
        assertThat(allowing(new Demand.DrivenVolume("nfs", Map.of()))
                        .admits(new Demand.DrivenVolume("nfs", Map.of("share", "x"))))
                .isTrue();
    }

    @Test
    void whatAnyPolicyAllowsIsAllowedAndTheLeastLimitHolds() {
        AdmissionPolicy both = AdmissionPolicy.of(List.of(
                new AdmissionPolicy(List.of(new Demand.Privileged()), new Limits(100L, null, 512L)),
                new AdmissionPolicy(List.of(Demand.Device.of("/dev/dri")), new Limits(200L, 2.0, 8192L))));
        assertThat(both.admits(new Demand.Privileged())).isTrue();
        assertThat(both.admits(Demand.Device.of("/dev/dri"))).isTrue();
        assertThat(both.limits()).isEqualTo(new Limits(100L, 2.0, 512L));
        assertThat(both.admits(new Demand.Processes(513))).isFalse();
        assertThat(both.exceededBy(Resources.UNLIMITED))
                .extracting(Violation::field)
                .containsExactly("resources.memoryBytes", "resources.cpus");
        assertThat(both.exceededBy(new Resources(2.0, 100L, null))).isEmpty();
        assertThat(both.exceededBy(new Resources(2.1, 101L, null))).hasSize(2);
    }

    @Test
    void aPathThatIsNotAbsoluteIsNone() {
        for (String path : List.of("", "srv", "./srv", "../srv", "/srv\0/x", "C:\\srv")) {
            assertThatThrownBy(() -> HostPath.of(path)).isInstanceOf(FreeholdException.class);
        }
    }
}
