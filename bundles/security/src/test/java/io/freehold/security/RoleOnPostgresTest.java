package io.freehold.security;

class RoleOnPostgresTest extends RoleTest {
    @Override
    String postgres() {
        return Postgres.url();
    }
}
