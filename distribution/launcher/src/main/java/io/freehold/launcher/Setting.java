package io.freehold.launcher;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** A setting that Freehold knows, with its default and what it accepts. */
public enum Setting {
    DATA("data", "data"),
    FEATURES("features", "base,rest,docker"),
    HTTP_HOST("http.host", "127.0.0.1"),
    HTTP_PORT("http.port", "8080") {
        @Override
        Optional<String> problem(String value) {
            return portProblem(value);
        }
    },
    HTTPS_HOST("https.host", "127.0.0.1"),
    HTTPS_PORT("https.port", "") {
        @Override
        Optional<String> problem(String value) {
            return value.isEmpty() ? Optional.empty() : portProblem(value);
        }
    },
    TLS_CERTIFICATE("tls.certificate", ""),
    TLS_KEY("tls.key", ""),
    TLS_KEYSTORE("tls.keystore", ""),
    TLS_KEYSTORE_PASSWORD("tls.keystore.password", "") {
        @Override
        boolean secret() {
            return true;
        }
    },
    TLS_KEYSTORE_PASSWORD_FILE("tls.keystore.password.file", ""),
    PUBLIC_URL("public.url", "") {
        @Override
        Optional<String> problem(String value) {
            return value.isEmpty() || isWebAddress(value)
                    ? Optional.empty()
                    : Optional.of("must be an address such as https://freehold.example.org");
        }
    },
    PROXY_TRUSTED("proxy.trusted", ""),
    PROXY_HEADERS("proxy.headers", "x-forwarded") {
        @Override
        Optional<String> problem(String value) {
            return List.of("x-forwarded", "forwarded").contains(value)
                    ? Optional.empty()
                    : Optional.of("must be x-forwarded or forwarded");
        }
    },
    CORS_ORIGINS("cors.origins", "") {
        @Override
        Optional<String> problem(String value) {
            return value.contains("*")
                    ? Optional.of("lists origins one by one, such as https://panel.example; there is no *")
                    : Optional.empty();
        }
    },
    RATE_LIMIT_REQUESTS("rate.limit.requests", "600000") {
        @Override
        Optional<String> problem(String value) {
            return countProblem(value);
        }
    },
    RATE_LIMIT_ANONYMOUS("rate.limit.anonymous", "6000") {
        @Override
        Optional<String> problem(String value) {
            return countProblem(value);
        }
    },
    SECURITY_CONTACT("security.contact", ""),
    DATABASE_URL("database.url", "") {
        @Override
        Optional<String> problem(String value) {
            List<String> known = List.of("jdbc:postgresql:", "postgresql://", "postgres://");
            return value.isEmpty() || known.stream().anyMatch(value::startsWith)
                    ? Optional.empty()
                    : Optional.of("must be empty for SQLite, or start with postgresql:// or jdbc:postgresql://");
        }

        @Override
        boolean secret() {
            return true;
        }
    },
    SECRETS_KEY("secrets.key", "") {
        @Override
        boolean secret() {
            return true;
        }
    },
    SECRETS_KEY_FILE("secrets.key.file", ""),
    SESSION_IDLE("session.idle", "7d") {
        @Override
        Optional<String> problem(String value) {
            return timeProblem(value);
        }
    },
    SESSION_ABSOLUTE("session.absolute", "30d") {
        @Override
        Optional<String> problem(String value) {
            return timeProblem(value);
        }
    },
    TOTP_REQUIRED_ROLES("totp.required.roles", ""),
    LEGACY_HASHES_EXPIRE("legacy.hashes.expire", "90d") {
        @Override
        Optional<String> problem(String value) {
            return timeProblem(value);
        }
    },
    DEPLOY_FOLDER("deploy.folder", "deploy"),
    DEPLOY_POLICY("deploy.policy", "any") {
        @Override
        Optional<String> problem(String value) {
            return List.of("any", "signed").contains(value) ? Optional.empty() : Optional.of("must be any or signed");
        }
    },
    AUDIT_ANCHOR_FILE("audit.anchor.file", ""),
    AUDIT_ANCHOR_URL("audit.anchor.url", "") {
        @Override
        Optional<String> problem(String value) {
            return value.isEmpty() || isWebAddress(value)
                    ? Optional.empty()
                    : Optional.of("must be an address such as https://log.example.org/anchors");
        }
    },
    AUDIT_RETENTION("audit.retention", "") {
        @Override
        Optional<String> problem(String value) {
            return value.isEmpty() ? Optional.empty() : timeProblem(value);
        }
    },
    AUDIT_RETENTION_SEGMENTS("audit.retention.segments", "") {
        @Override
        Optional<String> problem(String value) {
            return value.isEmpty() ? Optional.empty() : timeProblem(value);
        }
    },
    ALERT_PRIVATE_HOSTS("alert.private.hosts", ""),
    ALLOW_ROOT("allow.root", "false") {
        @Override
        Optional<String> problem(String value) {
            return List.of("true", "false").contains(value) ? Optional.empty() : Optional.of("must be true or false");
        }
    },
    LOG_LEVEL("log.level", "info") {
        @Override
        Optional<String> problem(String value) {
            List<String> levels = List.of("error", "warn", "info", "debug", "trace");
            return levels.contains(value.toLowerCase(Locale.ROOT))
                    ? Optional.empty()
                    : Optional.of("must be one of " + String.join(", ", levels));
        }
    };

    private final String key;
    private final String fallback;

    Setting(String key, String fallback) {
        this.key = key;
        this.fallback = fallback;
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
        return value.isEmpty() && !fallback.isEmpty() ? Optional.of("must not be empty") : Optional.empty();
    }

    /** Whether its value is for nobody else to see: a password may be in it. */
    boolean secret() {
        return false;
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

    private static Optional<String> timeProblem(String value) {
        return value.matches("\\d{1,6}[smhd]")
                ? Optional.empty()
                : Optional.of("must be a time such as 30m, 12h or 7d");
    }

    private static Optional<String> portProblem(String value) {
        return value.matches("\\d{1,5}") && Integer.parseInt(value) <= 65535
                ? Optional.empty()
                : Optional.of("must be a port from 0 to 65535; 0 means any free one");
    }

    private static Optional<String> countProblem(String value) {
        return value.matches("\\d{1,8}")
                ? Optional.empty()
                : Optional.of("must be how many requests there are in a minute; 0 means any number");
    }

    private static boolean isWebAddress(String value) {
        try {
            URI uri = URI.create(value);
            return uri.getHost() != null && List.of("http", "https").contains(uri.getScheme());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
