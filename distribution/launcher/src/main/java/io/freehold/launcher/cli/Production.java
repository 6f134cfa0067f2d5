package io.freehold.launcher.cli;

import io.freehold.launcher.Account;
import io.freehold.launcher.Configuration;
import io.freehold.launcher.DataFolder;
import io.freehold.launcher.Privacy;
import io.freehold.launcher.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What the doctor asks of an installation that others depend on; most of it by the settings alone. */
final class Production {
    private static final int KEY_BYTES = 32;
    private static final long FILES = 4096;

    private final Configuration configuration;
    private final String javaOptions;
    private final DataFolder data;

    /**
     * @param javaOptions what {@code FREEHOLD_JAVA_OPTS} says; empty if nothing
     */
    Production(Configuration configuration, String javaOptions) {
        this.configuration = configuration;
        this.javaOptions = javaOptions;
        this.data = new DataFolder(configuration.data());
    }

    List<Finding> examine() {
        List<Finding> findings = new ArrayList<>();
        findings.add(account());
        findings.addAll(modes());
        findings.add(keys());
        findings.add(publicUrl());
        findings.add(database());
        findings.add(plugins());
        findings.add(administrators());
        findings.add(logging());
        findings.add(openFiles());
        findings.add(Finding.note(
                "Freehold makes no backups of itself yet",
                "stop it and copy " + data.path() + " to another machine"
                        + (configuration.get(Setting.DATABASE_URL).isEmpty() ? "" : " and dump its database")
                        + ", regularly"));
        findings.add(Finding.note(
                "Freehold looks for no updates by itself", "watch its releases, and install security fixes at once"));
        return findings;
    }

    /** Of the process that runs, or else of whoever asks, who would run it. */
    private Finding account() {
        boolean root = data.owner().map(Account::isRoot).orElseGet(Account::isRoot);
        if (!root) {
            return Finding.ok("Freehold has an ordinary account");
        }
        String cure = "run Freehold as a user of its own: docs/how-to/install.md";
        return "true".equals(configuration.get(Setting.ALLOW_ROOT))
                ? Finding.note("Freehold may run as root: whoever breaks into it owns this machine", cure)
                : Finding.fail("this is root, as whom Freehold does not run", cure);
    }

    private List<Finding> modes() {
        try {
            List<Finding> findings = Privacy.loose(configuration).stream()
                    .map(loose ->
                            Finding.fail("others can get at " + loose.path() + " (" + loose.mode() + ")", loose.cure()))
                    .toList();
            return findings.isEmpty() ? List.of(Finding.ok("what is secret is closed to others")) : findings;
        } catch (IOException e) {
            return List.of(
                    Finding.fail("the modes of " + data.path() + " cannot be looked at", "run this as its owner"));
        }
    }

    private Finding keys() {
        String given = configuration.get(Setting.SECRETS_KEY);
        if (!given.isEmpty() && !isKey(given)) {
            return Finding.fail("secrets.key is no key", "set it to what openssl rand -base64 32 prints");
        }
        String elsewhere = configuration.get(Setting.SECRETS_KEY_FILE);
        if (!elsewhere.isEmpty() && !isKeyFile(data.path().resolve(elsewhere))) {
            return Finding.fail(
                    "secrets.key.file is " + elsewhere + ", which cannot be read or holds no key",
                    "name a file with what openssl rand -base64 32 prints");
        }
        Path folder = data.path().resolve("keys");
        if (!Files.isDirectory(folder)) {
            return Finding.skip("the keys are made at the first start");
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".key")).toList()) {
                if (!isKey(Files.readString(file).strip())) {
                    return Finding.fail(file + " holds no key of 32 random bytes", "put it back from a backup");
                }
            }
            return Finding.ok("the keys have 32 bytes each");
        } catch (IOException e) {
            return Finding.fail("the keys in " + folder + " cannot be read", "run this as their owner");
        }
    }

    private static boolean isKeyFile(Path file) {
        try {
            return isKey(Files.readString(file).strip());
        } catch (IOException e) {
            return false;
        }
    }

    /** As the security bundle takes it: 32 bytes, and as many different ones as random bytes have. */
    private static boolean isKey(String text) {
        try {
            byte[] key = Base64.getDecoder().decode(text);
            return key.length == KEY_BYTES
                    && IntStream.range(0, key.length)
                                    .map(i -> key[i])
                                    .distinct()
                                    .count()
                            >= KEY_BYTES / 2;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private Finding publicUrl() {
        String url = configuration.get(Setting.PUBLIC_URL).toLowerCase(Locale.ROOT);
        return url.startsWith("http://")
                ? Finding.fail(
                        "public.url is plain HTTP, where others can read passwords and tokens",
                        "serve it over TLS, and set public.url to https://…")
                : Finding.ok(url.isEmpty() ? "there is no public address" : "the public address is " + url);
    }

    private Finding database() {
        return configuration.get(Setting.DATABASE_URL).isEmpty()
                ? Finding.ok("SQLite flushes every commit to the disk")
                : Finding.ok("PostgreSQL flushes every commit to its disk, and another machine's is reached by"
                        + " verify-full alone");
    }

    private Finding plugins() {
        return "signed".equals(configuration.get(Setting.DEPLOY_POLICY))
                ? Finding.ok("the deploy folder takes what a trusted publisher signed")
                : Finding.note(
                        "the deploy folder takes any bundle, which can do whatever Freehold can",
                        "set deploy.policy = signed, or keep the folder to root");
    }

    private Finding administrators() {
        return Stream.of(configuration.get(Setting.TOTP_REQUIRED_ROLES).split(",", -1))
                        .map(String::strip)
                        .anyMatch("administrator"::equals)
                ? Finding.ok("administrators must have a second factor")
                : Finding.note(
                        "administrators may sign in without a second factor",
                        "set totp.required.roles = administrator");
    }

    private Finding logging() {
        String level = configuration.get(Setting.LOG_LEVEL).toLowerCase(Locale.ROOT);
        boolean talkative = List.of("debug", "trace").contains(level);
        if (javaOptions.contains("jdwp")) {
            return Finding.fail(
                    "FREEHOLD_JAVA_OPTS opens a port for debuggers, and who gets there runs any code", "remove jdwp");
        }
        return talkative
                ? Finding.fail("log.level is " + level + ", which is for finding faults", "set log.level = info")
                : Finding.ok("debugging is off");
    }

    private Finding openFiles() {
        try {
            String limits = data.owner().map(pid -> "/proc/" + pid).orElse("/proc/self") + "/limits";
            // Max open files  soft  hard  files
            String[] words = Files.readAllLines(Path.of(limits)).stream()
                    .filter(line -> line.startsWith("Max open files"))
                    .findFirst()
                    .orElse("Max open files unlimited")
                    .split("\\s+", -1);
            // The JVM raises its own to the hard one.
            String hard = words[Math.min(4, words.length - 1)];
            boolean enough = !hard.matches("\\d+") || Long.parseLong(hard) >= FILES;
            String text = hard + " open files are allowed";
            return enough ? Finding.ok(text) : Finding.fail(text, "raise the limit (LimitNOFILE=65536 in the unit)");
        } catch (IOException e) {
            return Finding.skip("the limit of open files cannot be told: " + e.getMessage());
        }
    }
}
