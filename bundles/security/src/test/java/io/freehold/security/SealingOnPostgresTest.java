package io.freehold.security;

class SealingOnPostgresTest extends SealingTest {
    @Override
    String postgres() {
        return Postgres.url();
    }
}
