package io.freehold.launcher;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A setting that Freehold knows, with its default and what it accepts. */
public enum Setting {
    DATA("data", "data"),
    FEATURES("features", "base,rest,docker"),
    HTTP_HOST("http.host", "127.0.0.1"),
    HTTP_PORT("http.port", "8080", Setting::portProblem),
    HTTPS_HOST("https.host", "127.0.0.1"),
    HTTPS_PORT("https.port", "", Setting::portProblem),
    TLS_CERTIFICATE("tls.certificate", ""),
    TLS_KEY("tls.key", ""),
    TLS_KEYSTORE("tls.keystore", ""),
    TLS_KEYSTORE_PASSWORD("tls.keystore.password", "", Setting::noProblem, true),
    TLS_KEYSTORE_PASSWORD_FILE("tls.keystore.password.file", ""),
    PUBLIC_URL("public.url", "", value -> addressProblem(value, "https://freehold.example.org")),
    PROXY_TRUSTED("proxy.trusted", ""),
    PROXY_HEADERS("proxy.headers", "x-forwarded", value -> choiceProblem(value, "x-forwarded", "forwarded")),
    CORS_ORIGINS("cors.origins", "", Setting::originsProblem),
    RATE_LIMIT_REQUESTS("rate.limit.requests", "600000", Setting::countProblem),
    RATE_LIMIT_ANONYMOUS("rate.limit.anonymous", "6000", Setting::countProblem),
    OPENAPI_OPEN("openapi.open", "true", value -> choiceProblem(value, "true", "false")),
    OPEN_CONSOLES("open.consoles", "10000"),
    OPEN_STREAMS("open.streams", "1000"),
    SECURITY_CONTACT("security.contact", ""),
    DATABASE_URL("database.url", "", Setting::databaseProblem, true),
    SECRETS_KEY("secrets.key", "", Setting::noProblem, true),
    SECRETS_KEY_FILE("secrets.key.file", ""),
    SESSION_IDLE("session.idle", "7d", Setting::timeProblem),
    SESSION_ABSOLUTE("session.absolute", "30d", Setting::timeProblem),
    TOTP_REQUIRED_ROLES("totp.required.roles", ""),
    LEGACY_HASHES_EXPIRE("legacy.hashes.expire", "90d", Setting::timeProblem),
    DEPLOY_FOLDER("deploy.folder", "deploy"),
    DEPLOY_POLICY("deploy.policy", "any", value -> choiceProblem(value, "any", "signed")),
    PLUGIN_TIMEOUT("plugin.timeout", "10s", Setting::timeProblem),
    AUDIT_ANCHOR_FILE("audit.anchor.file", ""),
    AUDIT_ANCHOR_URL("audit.anchor.url", "", value -> addressProblem(value, "https://log.example.org/anchors")),
    AUDIT_RETENTION("audit.retention", "", Setting::timeProblem),
    AUDIT_RETENTION_SEGMENTS("audit.retention.segments", "", Setting::timeProblem),
    ALERT_PRIVATE_HOSTS("alert.private.hosts", ""),
    ALLOW_ROOT("allow.root", "false", value -> choiceProblem(value, "true", "false")),
    LOG_LEVEL("log.level", "info", Setting::levelProblem);

    private final String key;
    private final String fallback;

    @SuppressWarnings("ImmutableEnumChecker") // the functions above hold nothing
    private final Function<String, Optional<String>> check;

    private final boolean secret;

    /** One that takes any text. */
    Setting(String key, String fallback) {
        this(key, fallback, fallback.isEmpty() ? Setting::noProblem : Setting::emptyProblem);
    }

    Setting(String key, String fallback, Function<String, Optional<String>> check) {
        this(key, fallback, check, false);
    }

    /**
     * @param check finds what is wrong with a value; not asked for an empty one where that is the default
     */
    Setting(String key, String fallback, Function<String, Optional<String>> check, boolean secret) {
        this.key = key;
        this.fallback = fallback;
        this.check = check;
        this.secret = secret;
    }

    /** How {@code etc/freehold.cfg} spells it: {@code http.port}. */
    public String key() {
        return key;
    }

    /** How the environment spells it: {@code FREEHOLD_HTTP_PORT}. */
    public String variable() {
        return "FREEHOLD_" + name();
    }

    /** How bundles read it: {@code freehold.http.port}. */
    public String property() {
        return "freehold." + key;
    }

    /** What holds when nobody sets it. */
    public String fallback() {
        return fallback;
    }

    /** What is wrong with a value; empty if nothing is. */
    Optional<String> problem(String value) {
        return value.isEmpty() && fallback.isEmpty() ? Optional.empty() : check.apply(value);
    }

    /** Whether its value is for nobody else to see: a password may be in it. */
    boolean secret() {
        return secret;
    }

    static Optional<Setting> ofKey(String key) {
        return Arrays.stream(values())
                .filter(setting -> setting.key.equals(key))
                .findFirst();
    }

    static Optional<Setting> ofVariable(String variable) {
        return Arrays.stream(values())
                .filter(setting -> setting.variable().equals(variable))
                .findFirst();
    }

    static String keys() {
        return Arrays.stream(values()).map(Setting::key).collect(Collectors.joining(", "));
    }

    private static Optional<String> noProblem(String value) {
        return Optional.empty();
    }

    private static Optional<String> emptyProblem(String value) {
        return unless(!value.isEmpty(), "must not be empty");
    }

    private static Optional<String> timeProblem(String value) {
        return unless(value.matches("\\d{1,6}[smhd]"), "must be a time such as 30m, 12h or 7d");
    }

    private static Optional<String> portProblem(String value) {
        return unless(
                value.matches("\\d{1,5}") && Integer.parseInt(value) <= 65535,
                "must be a port from 0 to 65535; 0 means any free one");
    }

    private static Optional<String> countProblem(String value) {
        return unless(value.matches("\\d{1,8}"), "must be how many requests there are in a minute; 0 means any number");
    }

    private static Optional<String> choiceProblem(String value, String one, String other) {
        return unless(value.equals(one) || value.equals(other), "must be " + one + " or " + other);
    }

    private static Optional<String> levelProblem(String value) {
        List<String> levels = List.of("error", "warn", "info", "debug", "trace");
        return unless(levels.contains(value.toLowerCase(Locale.ROOT)), "must be one of " + String.join(", ", levels));
    }

    private static Optional<String> originsProblem(String value) {
        return unless(!value.contains("*"), "lists origins one by one, such as https://panel.example; there is no *");
    }

    private static Optional<String> databaseProblem(String value) {
        return unless(
                Stream.of("jdbc:postgresql:", "postgresql://", "postgres://").anyMatch(value::startsWith),
                "must be empty for SQLite, or start with postgresql:// or jdbc:postgresql://");
    }

    private static Optional<String> addressProblem(String value, String example) {
        return unless(isWebAddress(value), "must be an address such as " + example);
    }

    private static boolean isWebAddress(String value) {
        try {
            URI uri = URI.create(value);
            return uri.getHost() != null && List.of("http", "https").contains(String.valueOf(uri.getScheme()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static Optional<String> unless(boolean good, String problem) {
        return good ? Optional.empty() : Optional.of(problem);
    }
}
