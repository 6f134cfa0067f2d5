package io.freehold.launcher.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.freehold.launcher.cli.AuditVerifier.Broken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** No file verifies that the signer has not signed; whatever else it holds is said to be broken, with its line. */
class AuditVerifierFuzzTest {
    private static final String KEY = "0".repeat(64);

    @TempDir
    static Path folder;

    static Stream<byte[]> files() {
        String entry = "{\"sequence\":1,\"time\":\"1970-01-01T00:00:01Z\",\"actor\":\"system:core\",\"actorName\":\"\","
                + "\"action\":\"a\",\"resource\":\"\",\"outcome\":\"SUCCESS\",\"source\":\"\",\"requestId\":\"\","
                + "\"detail\":\"\",\"previousHash\":\"" + KEY + "\",\"hash\":\"" + KEY + "\"}\n";
        String checkpoint = "{\"checkpoint\":\"freehold-checkpoint-1\",\"sequence\":0,\"hash\":\"" + KEY
                + "\",\"time\":\"1970-01-01T00:00:01Z\",\"key\":\"" + KEY + "\",\"signature\":\"" + "0".repeat(128)
                + "\"}\n";
        return Stream.of(entry + checkpoint, checkpoint, checkpoint + entry, "\n", entry.substring(0, 50))
                .map(text -> text.getBytes(UTF_8));
    }

    @MethodSource("files")
    @FuzzTest
    void nothingUnsignedVerifies(byte[] data) throws IOException {
        Path file = Files.write(folder.resolve("audit.jsonl"), data);
        // A key whose private half nobody has.
        String key = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
        for (boolean partial : new boolean[] {false, true}) {
            try {
                new AuditVerifier(AuditAnchors.none(), key, partial).verify(file, false);
                throw new AssertionError("This verified: " + new String(data, UTF_8));
            } catch (Broken e) {
                assertThat(e).hasMessageStartingWith(file.toString());
            }
        }
        try {
            assertThat(AuditAnchors.read(file, key).of(1)).isEmpty();
        } catch (Broken e) {
            assertThat(e).hasMessageStartingWith(file.toString());
        }
        new String(data, UTF_8).lines().forEach(line -> AuditLine.parse(line).ifPresent(read -> {
            assertThat(read.entryHash()).matches("[0-9a-f]{64}");
            assertThat(line).contains("\"sequence\":" + read.sequence());
        }));
    }
}
