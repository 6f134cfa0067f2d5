package io.freehold.security.hashing;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.bcrypt.BCrypt;

/** A hash of another program is refused as invalid, or can be checked against without failing and at a bearable cost. */
class ForeignHashFuzzTest {
    private static final Pattern ARGON2_COST = Pattern.compile("m=(\\d+),t=(\\d+),p=(\\d+)");
    private static final Argon2PasswordEncoder ARGON2 = Argon2Cost.LEAST.encoder();
    private static final int CHEAP_KIB = 64;

    @ValueSource(
            strings = {
                "$2b$04$abcdefghijklmnopqrstuuEwPIm5gbCJGBOYdaX2dNBK8Pe7fXPVW",
                "{bcrypt}$2y$14$......................................................",
                "$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$RdescudvJCsgt3ub+b6WTA",
                "$argon2i$m=64,t=1,p=8$c29tZXNhbHRz$RdescudvJCsgt3ub+b6WTAx",
                "{argon2@SpringSecurity_v5_8}$argon2d$v=16$m=8,t=1,p=1$AAAAAAAAAAA$AAAAAAAAAAAAAAAA",
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
            })
    @FuzzTest
    void hashIsRefusedOrCanBeChecked(@NotNull String text) {
        ForeignHash hash;
        try {
            hash = ForeignHash.parse("passwordHash", text);
        } catch (FreeholdException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.INVALID);
            return;
        }
        assertThat(ForeignHash.parse("passwordHash", hash.text())).isEqualTo(hash);
        switch (hash.form()) {
            case BCRYPT -> {
                assertThat(Integer.parseInt(hash.text().substring(4, 6))).isBetween(4, 14);
                if (hash.text().startsWith("04", 4)) {
                    BCrypt.checkpw("password", hash.text());
                }
            }
            case ARGON2 -> {
                Matcher cost = ARGON2_COST.matcher(hash.text());
                assertThat(cost.find()).isTrue();
                assertThat(Integer.parseInt(cost.group(1))).isBetween(8 * Integer.parseInt(cost.group(3)), 128 * 1024);
                if (Integer.parseInt(cost.group(1)) <= CHEAP_KIB
                        && cost.group(2).equals("1")) {
                    ARGON2.matches("password", hash.text());
                }
            }
            case SHA256 -> assertThat(hash.text()).matches("[0-9a-f]{64}");
        }
    }
}
