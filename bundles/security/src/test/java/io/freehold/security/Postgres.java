package io.freehold.security;

import org.junit.jupiter.api.Assumptions;

/** The PostgreSQL server to test on. */
final class Postgres {
    private static final String PROPERTY = "freehold.test.postgres";

    private Postgres() {}

    /** Its JDBC URL; skips the test if there is none. */
    static String url() {
        String url = System.getProperty(PROPERTY, "");
        Assumptions.assumeFalse(url.isEmpty(), "Skipped: " + PROPERTY + " names no PostgreSQL server.");
        return url;
    }
}
