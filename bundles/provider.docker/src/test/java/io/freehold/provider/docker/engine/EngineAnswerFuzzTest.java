package io.freehold.provider.docker.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever an engine answers is read, or refused by an {@link IOException}; the same bytes in chunks are the same body. */
class EngineAnswerFuzzTest {
    private static final int PIECE = 7;
    private static final EngineAddress ADDRESS = EngineAddress.of("unix:///run/engine.sock", false);

    static Stream<byte[]> answers() {
        return Stream.of(
                        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}",
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\n{}\n\r\n0\r\nA: b\r\n\r\n",
                        "HTTP/1.0 404 Not Found\nConnection: close\n\n{\"message\":\"no\"}\n{\"a\":[1]}\n",
                        "HTTP/1.1 304 \r\n\r\n")
                .map(text -> text.getBytes(UTF_8));
    }

    @MethodSource("answers")
    @FuzzTest
    void answerIsReadOrRefused(byte[] data) throws IOException {
        try {
            read(data);
        } catch (IOException e) {
            assertThat(EngineErrors.unreachable(ADDRESS, e)).hasMessageContaining(ADDRESS.url());
        }
        assertThat(new ChunkedInput(new ByteArrayInputStream(chunked(data))).readAllBytes())
                .isEqualTo(data);
    }

    private static void read(byte[] data) throws IOException {
        InputStream in = new ByteArrayInputStream(data);
        ResponseHead head = ResponseHead.read(in);
        assertThat(head.status()).isBetween(0, 999);
        InputStream body = head.isChunked()
                ? new ChunkedInput(in)
                : head.length() < 0 ? in : LimitedInput.exactly(in, head.length());
        byte[] bytes = LimitedInput.atMost(body, 1 << 20).readAllBytes();
        assertThat(bytes.length).isLessThan(data.length);
        JsonLines lines = new JsonLines(new ObjectMapper(), new ByteArrayInputStream(bytes));
        while (lines.next() != null) {
            // reads on
        }
    }

    private static byte[] chunked(byte[] data) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int from = 0; from < data.length; from += PIECE) {
            int length = Math.min(PIECE, data.length - from);
            out.writeBytes((HexFormat.of().toHexDigits((byte) length) + "\r\n").getBytes(ISO_8859_1));
            out.write(data, from, length);
            out.writeBytes("\r\n".getBytes(ISO_8859_1));
        }
        out.writeBytes("0\r\n\r\n".getBytes(ISO_8859_1));
        return out.toByteArray();
    }
}
