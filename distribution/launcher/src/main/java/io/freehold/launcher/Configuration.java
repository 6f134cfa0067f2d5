package io.freehold.launcher;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The settings in force: {@code etc/freehold.cfg} under the environment. A key that nobody knows is an error,
 * since a misspelt one would otherwise be a setting that silently does nothing.
 */
public final class Configuration {
    /** Variables of that prefix that are not settings: they belong to {@code bin/freehold}. */
    private static final Set<String> SCRIPT = Set.of("FREEHOLD_HOME", "FREEHOLD_JAVA_OPTS");

    /** What container platforms put into the environment of everything beside a service named "freehold". */
    private static final Pattern SERVICE_LINK = Pattern.compile("FREEHOLD_(SERVICE|PORT)(_.*)?");

    private final Path home;
    private final Map<Setting, String> values;
    private final Set<Setting> ofFile;

    private Configuration(Path home, Map<Setting, String> values, Set<Setting> ofFile) {
        this.home = home;
        this.values = values;
        this.ofFile = ofFile;
    }

    /**
     * Reads and checks every setting.
     *
     * @param home the folder that Freehold was unpacked to
     * @throws LauncherException {@link ExitStatus#USAGE} naming the first setting that is wrong
     */
    public static Configuration read(Path home, Map<String, String> environment) {
        Map<Setting, String> values = new EnumMap<>(Setting.class);
        Map<Setting, String> origins = new EnumMap<>(Setting.class);
        Set<Setting> ofFile = EnumSet.noneOf(Setting.class);
        Path file = file(home);
        new TreeMap<>(load(file)).forEach((key, value) -> {
            String name = String.valueOf(key);
            Setting setting = Setting.ofKey(name)
                    .orElseThrow(
                            () -> wrong(file + ": unknown setting '" + name + "'; the settings are " + Setting.keys()));
            values.put(setting, String.valueOf(value).strip());
            origins.put(setting, file + ": " + name);
            if (!String.valueOf(value).isBlank()) {
                ofFile.add(setting);
            }
        });
        new TreeMap<>(environment).forEach((variable, value) -> {
            if (!variable.startsWith("FREEHOLD_")
                    || SCRIPT.contains(variable)
                    || SERVICE_LINK.matcher(variable).matches()) {
                return;
            }
            Setting setting = Setting.ofVariable(variable)
                    .orElseThrow(() -> wrong("the environment sets " + variable + ", which is no setting of Freehold's"
                            + nearest(variable)));
            values.put(setting, value.strip());
            origins.put(setting, variable);
        });
        values.forEach((setting, value) -> problem(setting, value).ifPresent(problem -> {
            throw wrong(origins.get(setting) + " " + problem);
        }));
        return new Configuration(home, values, ofFile);
    }

    /** The setting's value or its default. */
    public String get(Setting setting) {
        return values.getOrDefault(setting, setting.fallback());
    }

    /** The folder that Freehold was unpacked to. */
    public Path home() {
        return home;
    }

    /** {@code etc/freehold.cfg}. */
    public Path file() {
        return file(home);
    }

    /** Whether that file sets something that nobody else may read. */
    public boolean fileHoldsSecret() {
        return ofFile.stream().anyMatch(Setting::secret);
    }

    /** The data folder, absolute; a relative one is inside {@link #home()}. */
    public Path data() {
        return home.resolve(get(Setting.DATA)).toAbsolutePath().normalize();
    }

    /** The names of the chosen features, in the order given; {@code base} is always the first. */
    public List<String> features() {
        List<String> names = new ArrayList<>(List.of("base"));
        for (String name : get(Setting.FEATURES).split(",", -1)) {
            String feature = name.strip().toLowerCase(Locale.ROOT);
            if (!feature.isEmpty() && !names.contains(feature)) {
                names.add(feature);
            }
        }
        return names;
    }

    /** What the bundles read: every setting under its property name. */
    public Map<String, String> properties() {
        Map<String, String> properties = new TreeMap<>();
        for (Setting setting : Setting.values()) {
            properties.put(setting.property(), get(setting));
        }
        properties.put(Setting.DATA.property(), data().toString());
        properties.put(Setting.FEATURES.property(), String.join(",", features()));
        return properties;
    }

    private static Optional<String> problem(Setting setting, String value) {
        return value.indexOf('\0') >= 0 ? Optional.of("must not contain the character NUL") : setting.problem(value);
    }

    private static Path file(Path home) {
        return home.resolve("etc").resolve("freehold.cfg");
    }

    private static Properties load(Path file) {
        Properties properties = new Properties();
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                properties.load(reader);
            } catch (IOException | IllegalArgumentException e) {
                throw new LauncherException(
                        ExitStatus.USAGE, "cannot read the settings of " + file + ": " + Failures.reason(e), e);
            }
        }
        return properties;
    }

    private static String nearest(String variable) {
        String wanted = variable.replace("_", "");
        for (Setting setting : Setting.values()) {
            if (setting.variable().replace("_", "").equals(wanted)) {
                return "; is " + setting.variable() + " meant?";
            }
        }
        return "";
    }

    private static LauncherException wrong(String message) {
        return new LauncherException(ExitStatus.USAGE, message);
    }
}
