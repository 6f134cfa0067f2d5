package io.freehold.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freehold.launcher.cli.AdminClient.Answer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpAnswerTest {
    @Test
    void readsABodyOfKnownLength() {
        Answer answer = parse("HTTP/1.1 200 OK\r\nContent-Length: 13\r\n\r\n{\"name\":\"ä\"}rest");

        assertThat(answer.ok()).isTrue();
        assertThat(answer.body().get("name")).isEqualTo("ä");
    }

    @Test
    void readsABodyInChunks() {
        Answer answer = parse(
                "HTTP/1.1 409 Conflict\r\nTransfer-Encoding: chunked\r\n\r\n6;x=y\r\n{\"deta\r\ne\r\nil\":\"No way.\"}\r\n0\r\n\r\n");

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.problem()).isEqualTo("No way");
    }

    @Test
    void readsABodyThatEndsWithTheConnection() {
        assertThat(parse("HTTP/1.1 404 Not Found\r\n\r\n{\"title\":\"Not found\"}")
                        .problem())
                .isEqualTo("Not found");
    }

    @Test
    void anAnswerWithoutABodyIsKnownByItsStatus() {
        assertThat(parse("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n")
                        .problem())
                .isEqualTo("status 503");
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
