package io.freehold.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freehold.launcher.cli.UnixHttp.Answer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpAnswerTest {
    @Test
    void readsABodyOfKnownLength() {
        Answer answer = parse("HTTP/1.1 200 OK\r\nContent-Length: 13\r\n\r\n{\"name\":\"ä\"}rest");

        assertThat(answer).isEqualTo(new Answer(200, "{\"name\":\"ä\"}"));
    }

    @Test
    void readsABodyInChunks() {
        Answer answer = parse(
                "HTTP/1.1 409 Conflict\r\nTransfer-Encoding: chunked\r\n\r\n6;x=y\r\n{\"deta\r\ne\r\nil\":\"No way.\"}\r\n0\r\n\r\n");

        assertThat(answer).isEqualTo(new Answer(409, "{\"detail\":\"No way.\"}"));
    }

    @Test
    void readsABodyThatEndsWithTheConnection() {
        assertThat(parse("HTTP/1.1 404 Not Found\r\n\r\nall of it").text()).isEqualTo("all of it");
    }

    @Test
    void anAnswerMayHaveNoBody() {
        assertThat(parse("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n").text())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SSH-2.0-x\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 9",
                "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{}"
            })
    void refusesWhatIsNoWholeAnswer(String text) {
        assertThatThrownBy(() -> parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Answer parse(String text) {
        return HttpAnswer.parse(text.getBytes(StandardCharsets.UTF_8));
    }
}
