package io.freehold.rest.console;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Decodes UTF-8 that comes in pieces: a character may be split between two. What is no UTF-8 becomes U+FFFD. */
final class Utf8 {
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private ByteBuffer rest = ByteBuffer.allocate(0);

    /** The characters that are complete by now. */
    String decode(byte[] bytes) {
        ByteBuffer in = bytes.length == 0 ? rest : ByteBuffer.allocate(rest.remaining() + bytes.length);
        if (bytes.length > 0) {
            in.put(rest).put(bytes).flip();
        }
        CharBuffer out = CharBuffer.allocate(in.remaining() + 1);
        decoder.decode(in, out, false);
        rest = in;
        return out.flip().toString();
    }

    /** Forgets a character that was begun, because what follows it is lost. */
    void skip() {
        decoder.reset();
        rest = ByteBuffer.allocate(0);
    }
}
