package io.freehold.security;

class AuditOnPostgresTest extends AuditTest {
    @Override
    String postgres() {
        return Postgres.url();
    }
}
