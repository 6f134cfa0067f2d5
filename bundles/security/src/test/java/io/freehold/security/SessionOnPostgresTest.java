package io.freehold.security;

class SessionOnPostgresTest extends SessionTest {
    @Override
    String postgres() {
        return Postgres.url();
    }
}
