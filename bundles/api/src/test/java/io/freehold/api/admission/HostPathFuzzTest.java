package io.freehold.api.admission;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import java.nio.file.Path;
import org.junit.jupiter.params.provider.CsvSource;

/** Paths and names of demands have one spelling, and a folder that is allowed allows nothing outside of it. */
class HostPathFuzzTest {
    @CsvSource({"/srv/data,/srv//./x/../data/", "/srv/data,/srv/data/../../etc", "/var/run/docker.sock,/run", "x,y"})
    @FuzzTest
    void pathHasOneSpellingAndNeverClimbs(@NotNull String allowed, @NotNull String wanted) {
        HostPath folder = read(allowed);
        HostPath path = read(wanted);
        if (folder == null || path == null) {
            return;
        }
        assertThat(HostPath.of(path.toString())).isEqualTo(path);
        assertThat(path.segments()).doesNotContain("", ".", "..").allSatisfy(name -> assertThat(name)
                .doesNotContain("/", "\0"));
        boolean covered = new Demand.HostFolder(folder, HostPath.Access.READ_ONLY)
                .covers(new Demand.HostFolder(path, HostPath.Access.READ_ONLY));
        if (covered) {
            assertThat(resolved(path).startsWith(resolved(folder))).isTrue();
            assertThat(path.leadsToEngine() && !path.isSameAs(folder)).isFalse();
        }
        spellings(wanted);
    }

    private static void spellings(String text) {
        Demand.LinuxCapability capability = new Demand.LinuxCapability(text);
        assertThat(new Demand.LinuxCapability("cap_" + text)).isEqualTo(new Demand.LinuxCapability("CAP_" + text));
        assertThat(capability.words()).isNotBlank();
        Demand.SecurityOption option = new Demand.SecurityOption(text);
        assertThat(new Demand.SecurityOption(option.text())).isEqualTo(option);
        Demand.Sysctl sysctl = new Demand.Sysctl(text);
        assertThat(new Demand.Sysctl(sysctl.name())).isEqualTo(sysctl);
        assertThat(new Demand.Other(text).words()).doesNotContain("\n", "\0");
    }

    private static HostPath read(String text) {
        try {
            return HostPath.of(text);
        } catch (FreeholdException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.INVALID);
            return null;
        }
    }

    /** What Java makes of the same path: a second reader. */
    private static Path resolved(HostPath path) {
        Path plain = Path.of(path.toString()).normalize();
        return plain.startsWith("/var/run")
                ? Path.of("/run").resolve(Path.of("/var/run").relativize(plain))
                : plain;
    }
}
