package io.freehold.core.util;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.params.provider.ValueSource;

/** A cursor is read as it was written, and only in its own order; any other text is refused as invalid. */
class CursorFuzzTest {
    @ValueSource(
            strings = {
                "bmFtZQowMDAwMDAwMC0wMDAwLTAwMDAtMDAwMC0wMDAwMDAwMDAwMDEKd2Vi",
                "bmFtZQoxLTEtMS0xLTEK",
                "bmFtZQo=",
                "a\nb"
            })
    @FuzzTest
    void cursorIsReadAsItWasWritten(@NotNull String text) {
        Cursor written = new Cursor("name", text, new UUID(1, 2));
        Cursor read = decode(written.encode());
        assertThat(read).isNotNull();
        assertThat(read.id()).isEqualTo(written.id());
        assertThat(read.key()).isEqualTo(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
        Cursor given = decode(text);
        if (given != null) {
            assertThat(given.order()).isEqualTo("name");
            assertThat(decode(given.encode())).isEqualTo(given);
            assertThat(Base64.getUrlDecoder().decode(text)).isNotEmpty();
        }
    }

    private static Cursor decode(String text) {
        try {
            return Cursor.decode(text, "name");
        } catch (FreeholdException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.INVALID);
            return null;
        }
    }
}
