package io.freehold.security;

class UserOnPostgresTest extends UserTest {
    @Override
    String postgres() {
        return Postgres.url();
    }
}
