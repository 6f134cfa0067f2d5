package io.freehold.provider.docker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freehold.api.provider.LogLine;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogLinesTest {
    private static final String TIME = "2026-01-31T12:00:00.123456789Z ";

    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

    @Test
    void linesOfBothSourcesAreToldApart() throws IOException {
        frame(1, TIME + "out one\r\n");
        frame(2, TIME + "err\n");
        frame(1, TIME + "\n");
        assertThat(read(false)).extracting(LogLine::text).containsExactly("out one", "err", "");
        assertThat(read(false)).extracting(LogLine::time).containsOnly(Instant.parse(TIME.strip()));
    }

    @Test
    void longLineIsPutTogetherFromItsPartsAndKeepsItsFirstTime() throws IOException {
        frame(1, TIME + "a".repeat(16_384));
        frame(2, TIME + "between\n");
        frame(1, "2026-01-31T12:00:01.000000000Z " + "b".repeat(10) + "\n");
        List<LogLine> lines = read(false);
        assertThat(lines).extracting(LogLine::text).containsExactly("between", "a".repeat(16_384) + "b".repeat(10));
        assertThat(lines.get(1).time()).isEqualTo(Instant.parse(TIME.strip()));
    }

    @Test
    void endlessLineIsCutOff() throws IOException {
        for (int i = 0; i < 10; i++) {
            frame(1, TIME + "x".repeat(16_384));
        }
        frame(1, TIME + "end\n");
        frame(1, TIME + "next\n");
        assertThat(read(false)).extracting(LogLine::text).containsExactly("x".repeat(LogLines.MAX_LINE), "next");
    }

    @Test
    void terminalHasNoFrames() throws IOException {
        sent.writeBytes((TIME + "one\r\n" + TIME + "two\r\n" + TIME + "no end").getBytes(UTF_8));
        assertThat(read(true)).extracting(LogLine::text).containsExactly("one", "two", "no end");
    }

    @Test
    void textWhereATimeShouldBeIsKept() throws IOException {
        frame(1, "no time in this line, wörld\n");
        frame(1, "short\n");
        assertThat(read(false)).extracting(LogLine::text).containsExactly("no time in this line, wörld", "short");
    }

    @Test
    void brokenFrameIsAnError() {
        sent.writeBytes(new byte[] {9, 9, 9, 9, 0, 0, 0, 1, 'x'});
        assertThatThrownBy(() -> read(false)).isInstanceOf(EOFException.class);
    }

    @Test
    void frameThatClaimsGigabytesTakesNoMemory() {
        sent.writeBytes(new byte[] {1, 0, 0, 0, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 'x'});
        assertThatThrownBy(() -> read(false)).isInstanceOf(EOFException.class);
    }

    private void frame(int source, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        sent.writeBytes(new byte[] {(byte) source, 0, 0, 0, 0, 0, (byte) (bytes.length >> 8), (byte) bytes.length});
        sent.writeBytes(bytes);
    }

    private List<LogLine> read(boolean tty) throws IOException {
        List<LogLine> lines = new ArrayList<>();
        LogLines out = new LogLines(lines::add);
        LogLines err = new LogLines(lines::add);
        new Frames(new ByteArrayInputStream(sent.toByteArray()), tty)
                .forEach((source, data, length, first) -> (source == 2 ? err : out).add(data, length, first));
        out.end();
        err.end();
        return lines;
    }
}
