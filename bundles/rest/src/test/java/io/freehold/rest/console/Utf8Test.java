package io.freehold.rest.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class Utf8Test {
    @Test
    void charactersMayBeSplitAnywhere() {
        String text = "aüЖ€😀z";
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Utf8 utf8 = new Utf8();
        StringBuilder decoded = new StringBuilder();
        for (byte one : bytes) {
            decoded.append(utf8.decode(new byte[] {one}));
        }
        assertThat(decoded).hasToString(text);
    }

    @Test
    void whatIsNoUtf8IsReplaced() {
        Utf8 utf8 = new Utf8();
        assertThat(utf8.decode(new byte[] {'a', (byte) 0xff, 'b'})).isEqualTo("a\ufffdb");
        assertThat(utf8.decode(new byte[] {(byte) 0xe2, (byte) 0x82})).isEmpty();
        assertThat(utf8.decode(new byte[] {'x'})).isEqualTo("\ufffdx");
    }
}
