package io.freehold.security;

class GroupOnPostgresTest extends GroupTest {
    @Override
    String postgres() {
        return Postgres.url();
    }
}
