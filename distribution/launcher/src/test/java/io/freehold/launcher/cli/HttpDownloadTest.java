package io.freehold.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HttpDownloadTest {
    private final ByteArrayOutputStream sink = new ByteArrayOutputStream();

    private UnixHttp.Answer receive(String text) throws IOException {
        return HttpDownload.receive(new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)), sink);
    }

    @Test
    void aBodyInChunksGoesToTheSink() throws IOException {
        assertThat(receive("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n")
                        .status())
                .isEqualTo(200);
        assertThat(sink).hasToString("abcde");
    }

    @Test
    void aRefusalIsText() throws IOException {
        assertThat(receive("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\n{}")
                        .text())
                .isEqualTo("{}");
        assertThat(sink.size()).isZero();
    }

    @Test
    void anAnswerThatEndsEarlyIsNoWholeOne() {
        for (String early : new String[] {
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nab",
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc",
            "HTTP/1.1 200 OK\r\nContent-"
        }) {
            assertThatThrownBy(() -> receive(early)).isInstanceOf(EOFException.class);
        }
        assertThatThrownBy(() -> receive("SSH-2.0\r\n\r\n")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aChunkOfLessThanNothingIsNoEnd() {
        assertThatThrownBy(() -> receive("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
