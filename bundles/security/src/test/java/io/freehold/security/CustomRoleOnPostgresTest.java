package io.freehold.security;

class CustomRoleOnPostgresTest extends CustomRoleTest {
    @Override
    String postgres() {
        return Postgres.url();
    }
}
