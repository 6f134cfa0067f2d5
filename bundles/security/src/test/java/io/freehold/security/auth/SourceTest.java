package io.freehold.security.auth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SourceTest {
    @Test
    void oneHouseholdIsOneSource() {
        assertThat(Source.of("2001:db8::1")).isEqualTo(Source.of("2001:db8:0:0:ffff::2"));
        assertThat(Source.of("2001:db8::1")).isNotEqualTo(Source.of("2001:db8:0:1::1"));
        assertThat(Source.of("fe80::1%eth0")).isEqualTo(Source.of("fe80::1"));
        assertThat(Source.of("192.0.2.1")).isNotEqualTo(Source.of("192.0.2.2"));
        assertThat(Source.of("::ffff:192.0.2.1")).isEqualTo(Source.of("192.0.2.1"));
    }

    @Test
    void whatIsNoAddressIsTakenAsItIs() {
        assertThat(Source.of("local").key()).isEqualTo("local");
        assertThat(Source.of("not:an:address").key()).isEqualTo("not:an:address");
        assertThat(Source.of("x".repeat(1000)).key()).hasSize(64);
    }
}
