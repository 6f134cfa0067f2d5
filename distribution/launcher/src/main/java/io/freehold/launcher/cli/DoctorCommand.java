package io.freehold.launcher.cli;

import io.freehold.launcher.Configuration;
import io.freehold.launcher.DataFolder;
import io.freehold.launcher.ExitStatus;
import io.freehold.launcher.LauncherException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code freehold doctor}: looks at everything that commonly goes wrong and says what to do. */
final class DoctorCommand {
    private final Path home;
    private final Map<String, String> environment;
    private final PrintStream out;

    DoctorCommand(Path home, Map<String, String> environment, PrintStream out) {
        this.home = home;
        this.environment = environment;
        this.out = out;
    }

    /**
     * @param strict whether a note counts as a failure, as it should where others depend on this Freehold
     */
    int examine(boolean strict) {
        List<Finding> findings = findings();
        for (Finding finding : findings) {
            out.printf("%-5s %s%n", word(finding.verdict()), finding.text());
            if (!finding.cure().isEmpty()) {
                out.println("      cure: " + finding.cure());
            }
        }
        boolean failed = findings.stream()
                .anyMatch(finding -> finding.verdict() == Finding.Verdict.FAIL
                        || (strict && finding.verdict() == Finding.Verdict.NOTE));
        return failed ? ExitStatus.FAILED : ExitStatus.OK;
    }

    private List<Finding> findings() {
        Configuration configuration;
        try {
            configuration = Configuration.read(home, environment);
        } catch (LauncherException e) {
            return List.of(Finding.fail(e.line(), "correct it; every setting is explained in etc/freehold.cfg"));
        }
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.ok("the settings are understood"));
        findings.addAll(Installation.examine(configuration));
        findings.addAll(new Production(configuration, environment.getOrDefault("FREEHOLD_JAVA_OPTS", "")).examine());
        findings.addAll(new RunningFreehold(new DataFolder(configuration.data())).examine());
        return findings;
    }

    private static String word(Finding.Verdict verdict) {
        return switch (verdict) {
            case OK -> "ok";
            case FAIL -> "FAIL";
            case NOTE -> "note";
            case SKIP -> "-";
        };
    }
}
