package io.freehold.rest.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freehold.rest.json.Json;
import io.freehold.rest.json.MalformedBody;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** What is typed is a message or refused; output in pieces is the text that it is as a whole, and fits into JSON. */
class ConsoleMessagesFuzzTest {
    private static final ObjectMapper OTHER = new ObjectMapper();

    private final ConsoleMessages messages = new ConsoleMessages(new Json());

    static Stream<byte[]> frames() {
        return Stream.of(
                        "{\"type\":\"input\",\"data\":\"ls\\n\"}",
                        "{\"type\":\"resize\",\"columns\":80,\"rows\":24}",
                        "\u20ac\ud83d\ude00\u0000\u001b[0m")
                .map(text -> text.getBytes(UTF_8));
    }

    @MethodSource("frames")
    @FuzzTest
    void framesAndOutputAreReadWhole(byte[] data) throws IOException {
        String text = new String(data, UTF_8);
        try {
            messages.read(text);
        } catch (MalformedBody e) {
            assertThat(e).hasMessageNotContaining("com.fasterxml");
        }
        Utf8 pieces = new Utf8();
        StringBuilder decoded = new StringBuilder();
        for (int i = 0; i < data.length; i++) {
            decoded.append(pieces.decode(Arrays.copyOfRange(data, i, i + 1)));
        }
        assertThat(new Utf8().decode(data)).hasToString(decoded.toString());
        assertThat(text).startsWith(decoded.toString());
        String quoted = "\"" + ConsoleMessages.quoted(decoded, decoded.length()) + "\"";
        assertThat(OTHER.readTree(quoted).textValue()).isEqualTo(decoded.toString());
    }
}
