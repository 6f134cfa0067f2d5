package io.freehold.provider.docker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.freehold.api.provider.LogLine;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a container prints becomes lines, or ends by an {@link IOException}; with a terminal and without it says the same. */
class FramesFuzzTest {
    private static final byte[] STAMP = "2026-01-31T12:00:00.123456789Z ".getBytes(US_ASCII);

    static Stream<byte[]> streams() {
        return Stream.of(
                framed("hello\r\n".getBytes(US_ASCII)),
                framed(new byte[0]),
                "plain\ntext".getBytes(US_ASCII),
                new byte[] {1, 0, 0, 0, -1, -1, -1, -1, 'x'});
    }

    @MethodSource("streams")
    @FuzzTest
    void outputIsReadOrRefused(byte[] data) throws IOException {
        assertThat(lines(data, true)).allSatisfy(line -> assertThat(line.text().length())
                .isLessThanOrEqualTo(LogLines.MAX_LINE + STAMP.length));
        try {
            lines(data, false);
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("frame");
        }
        byte[] line = new String(data, ISO_8859_1).replaceAll("[\\n\\r]", "").getBytes(ISO_8859_1);
        assertThat(lines(framed(line), false)).hasSize(1).isEqualTo(lines(stamped(line), true));
    }

    private static List<LogLine> lines(byte[] data, boolean tty) throws IOException {
        List<LogLine> lines = new ArrayList<>();
        LogLines reader = new LogLines(lines::add);
        new Frames(new ByteArrayInputStream(data), tty)
                .forEach((source, piece, length, first) -> reader.add(piece, length, first));
        reader.end();
        return lines;
    }

    private static byte[] stamped(byte[] text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(STAMP);
        out.writeBytes(text);
        return out.toByteArray();
    }

    private static byte[] framed(byte[] text) {
        byte[] content = stamped(text);
        return ByteBuffer.allocate(8 + content.length)
                .putInt(1 << 24)
                .putInt(content.length)
                .put(content)
                .array();
    }
}
