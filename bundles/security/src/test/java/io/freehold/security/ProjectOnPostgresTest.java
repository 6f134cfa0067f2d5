package io.freehold.security;

class ProjectOnPostgresTest extends ProjectTest {
    @Override
    String postgres() {
        return Postgres.url();
    }
}
