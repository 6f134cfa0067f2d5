package io.freehold.security.hashing;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freehold.api.FreeholdException;
import io.freehold.api.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordPolicyTest {
    private final PasswordPolicy policy = new PasswordPolicy();

    private void check(String password) {
        policy.check("password", Secret.of(password), "grace.hopper");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fifteen letters",
                "kqzvwmxjhbtfpgd",
                "843920175639284",
                "test-983274-1093-8471",
                "violet tractor hums nine",
                "\u043f\u0430\u0440\u043e\u043b\u044c-\u0434\u043b\u044f-\u0433\u0440\u0435\u0439\u0441-\u0434\u0430",
                "my freehold is a nice place"
            })
    void aLongPasswordIsAcceptedWhateverItIsMadeOf(String password) {
        assertThatCode(() -> check(password)).doesNotThrowAnyException();
    }

    @Test
    void sixtyFourCharactersAndManyMoreAreAccepted() {
        String random = "kqzvwmxjhbtfpgdy";
        assertThatCode(() -> check(random.repeat(4))).doesNotThrowAnyException();
        assertThatCode(() -> check(random.repeat(64))).doesNotThrowAnyException();
        assertThatThrownBy(() -> check(random.repeat(64) + "x"))
                .isInstanceOf(FreeholdException.class)
                .hasMessageContaining("at most 1024");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "fourteen chars",
                // Fifteen as typed, fourteen as it is stored and compared: u and a combining diaeresis are one.
                "abcdefghijklmu\u0308"
            })
    void aShortPasswordIsRefused(String password) {
        assertThatThrownBy(() -> check(password))
                .isInstanceOf(FreeholdException.class)
                .hasMessageContaining("at least 15");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "passwordpassword",
                "PasswordPassword",
                "password1234567",
                "Freehold1234567!",
                "freeholdfreehold",
                "123456789012345",
                "aaaaaaaaaaaaaaaaaaaa",
                "abababababababababab",
                "12121212121212121212",
                "abcdefghijklmnop",
                "qwertyuiopasdfgh",
                "correct horse battery staple",
                "grace.hopper123",
                "Grace.Hoppergrace.hopper",
                "administrator!!!"
            })
    void whatIsGuessedFirstIsRefused(String password) {
        assertThatThrownBy(() -> check(password))
                .isInstanceOf(FreeholdException.class)
                .hasMessageContaining("too easy");
    }
}
