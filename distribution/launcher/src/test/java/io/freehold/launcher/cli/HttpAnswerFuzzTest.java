package io.freehold.launcher.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** An answer over the admin socket is read or refused, and what is downloaded is what would be read at once. */
class HttpAnswerFuzzTest {
    static Stream<byte[]> answers() {
        return Stream.of(
                        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}",
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\n{}\n\r\n0\r\n\r\n",
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n",
                        "HTTP/1.0 404 Not Found\n\nno")
                .map(text -> text.getBytes(UTF_8));
    }

    @MethodSource("answers")
    @FuzzTest
    void bothReadersAgree(byte[] data) throws IOException {
        String whole = null;
        try {
            UnixHttp.Answer answer = HttpAnswer.parse(data);
            whole = answer.status() + answer.text();
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).isNotNull();
        }
        ByteArrayOutputStream sink = new ByteArrayOutputStream();
        String downloaded = null;
        try {
            UnixHttp.Answer answer = HttpDownload.receive(new ByteArrayInputStream(data), sink);
            downloaded = answer.status() + answer.text() + sink.toString(UTF_8);
        } catch (IOException | IllegalArgumentException e) {
            assertThat(e.getMessage()).isNotNull();
        }
        assertThat(downloaded).isEqualTo(whole);
    }
}
