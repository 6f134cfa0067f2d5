package io.freehold.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccountTest {
    @TempDir
    Path home;

    @ParameterizedTest
    @CsvSource({
        "'0 0 0 0', true",
        "'1000 0 0 0', true",
        "'1000 1000 0 1000', true",
        "'1000 1000 1000 1000', false",
        "'10 10 10 10', false",
    })
    void rootIsWhoeverHasItsNumber(String ids, boolean root) {
        assertThat(Account.isRoot(List.of("Name:\tjava", "Uid:\t" + ids.replace(' ', '\t'), "Gid:\t0\t0\t0\t0")))
                .isEqualTo(root);
    }

    @Test
    void rootIsRefusedUnlessItIsMeant() {
        assertThatExceptionOfType(LauncherException.class)
                .isThrownBy(() -> Account.requireOrdinary(true, configured(Map.of())))
                .withMessageContaining("FREEHOLD_ALLOW_ROOT=true")
                .satisfies(refusal -> assertThat(refusal.status()).isEqualTo(ExitStatus.FAILED));
        Account.requireOrdinary(true, configured(Map.of("FREEHOLD_ALLOW_ROOT", "true")));
        Account.requireOrdinary(false, configured(Map.of()));
    }

    private Configuration configured(Map<String, String> environment) {
        return Configuration.read(home, environment);
    }
}
