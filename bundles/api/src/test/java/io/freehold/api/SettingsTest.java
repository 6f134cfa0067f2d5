package io.freehold.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    private static Duration wait(String value) {
        return Settings.of(Map.of("freehold.wait", value)::get)
                .duration("wait", Duration.ofMinutes(3), Duration.ofSeconds(2), Duration.ofDays(10));
    }

    @ParameterizedTest
    @CsvSource({"2s,PT2S", "90s,PT90S", "15m,PT15M", "12h,PT12H", "10d,PT240H", "' ',PT3M"})
    void aTimeIsANumberAndAUnit(String value, Duration time) {
        assertThat(wait(value)).isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1s", "11d", "5", "5 m", "5M", "-5m", "1h30m", "9999999s", "soon"})
    void whatIsNoTimeInTheRangeIsNamedWithTheRange(String value) {
        assertThatThrownBy(() -> wait(value))
                .isInstanceOf(FreeholdException.class)
                .hasMessageContaining("'" + value + "' is not a time from 2s to 10d");
    }
}
