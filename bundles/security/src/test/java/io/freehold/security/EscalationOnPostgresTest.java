package io.freehold.security;

class EscalationOnPostgresTest extends EscalationTest {
    @Override
    String postgres() {
        return Postgres.url();
    }
}
