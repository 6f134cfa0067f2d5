package io.freehold.security.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.Secret;
import io.freehold.security.support.Randoms;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing opens but what was sealed, and in its own row; whatever is sealed opens again. */
class SealedSecretsFuzzTest {
    private static final SealedSecrets SECRETS = new SealedSecrets(new byte[32], new Randoms());
    private static final Secret SECRET = Secret.of("what nobody may read");
    private static final String ROW = "backends/1/password";
    private static final String SEALED = SECRETS.seal(SECRET, ROW);

    static Stream<Arguments> sealed() {
        return Stream.of(
                Arguments.of(SEALED, ROW),
                Arguments.of(SEALED, "backends/2/password"),
                Arguments.of("v1." + SEALED.split("\\.", -1)[1] + ".AAAA", ROW),
                // Too short for a nonce and a tag.
                Arguments.of("v1." + SEALED.split("\\.", -1)[1] + ".AAAAAAAAAAAAAAAAAAAAAAAA", ROW),
                Arguments.of("v2." + SEALED.split("\\.", -1)[1] + "..", ROW));
    }

    @MethodSource("sealed")
    @FuzzTest
    void nothingOpensButWhatWasSealed(@NotNull String sealed, @NotNull String row) {
        try {
            assertThat(SECRETS.open(sealed, row)).isEqualTo(SECRET);
            assertThat(row).isEqualTo(ROW);
        } catch (FreeholdException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.INTERNAL);
            assertThat(sealed.equals(SEALED) && row.equals(ROW)).isFalse();
        }
    }
}
