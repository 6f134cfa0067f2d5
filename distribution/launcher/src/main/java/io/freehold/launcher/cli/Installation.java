package io.freehold.launcher.cli;

import io.freehold.launcher.Configuration;
import io.freehold.launcher.DataFolder;
import io.freehold.launcher.Feature;
import io.freehold.launcher.LauncherException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the doctor can see without a running Freehold. */
final class Installation {
    private static final int JAVA = 17;
    private static final long MEGABYTE = 1024 * 1024;
    private static final long ENOUGH = 512 * MEGABYTE;

    private Installation() {}

    static List<Finding> examine(Configuration configuration) {
        List<Finding> findings = new ArrayList<>();
        findings.add(java());
        findings.add(features(configuration));
        DataFolder data = new DataFolder(configuration.data());
        if (Files.exists(data.path())) {
            findings.add(writable(data.path()));
            findings.add(space(data.path()));
        } else {
            findings.add(Finding.skip("the data folder " + data.path() + " is made at the first start"));
        }
        findings.addAll(Network.examine(configuration));
        return findings;
    }

    private static Finding java() {
        int feature = Runtime.version().feature();
        String text = "Java " + Runtime.version() + " of " + System.getProperty("java.home");
        return feature >= JAVA
                ? Finding.ok(text)
                : Finding.fail(text, "install Java 17 or newer, or set JAVA_HOME to it");
    }

    private static Finding features(Configuration configuration) {
        Path system = configuration.home().resolve("system");
        try {
            for (Feature.BundleId bundle :
                    Feature.bundles(Feature.read(system.resolve("features"), configuration.features()))) {
                if (!Files.isReadable(system.resolve(bundle.path()))) {
                    return Finding.fail(
                            "the bundle " + system.resolve(bundle.path()) + " is missing", "unpack the zip again");
                }
            }
            return Finding.ok("the features " + String.join(", ", configuration.features()) + " are complete");
        } catch (LauncherException e) {
            return Finding.fail(e.line(), "correct the setting 'features'");
        }
    }

    private static Finding writable(Path folder) {
        return Files.isWritable(folder)
                ? Finding.ok("the data folder can be written to")
                : Finding.fail(
                        "the data folder " + folder + " cannot be written to",
                        "give it to the user that Freehold runs as: chown -R USER " + folder);
    }

    private static Finding space(Path folder) {
        try {
            long free = Files.getFileStore(folder).getUsableSpace();
            String text = free / MEGABYTE + " MB are free for the data folder";
            return free >= ENOUGH ? Finding.ok(text) : Finding.fail(text, "make room: a full disk stops every write");
        } catch (IOException e) {
            return Finding.skip("free disk space cannot be told: " + e.getMessage());
        }
    }
}
