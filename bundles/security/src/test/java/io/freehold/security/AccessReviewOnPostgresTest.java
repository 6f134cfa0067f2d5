package io.freehold.security;

class AccessReviewOnPostgresTest extends AccessReviewTest {
    @Override
    String postgres() {
        return Postgres.url();
    }
}
