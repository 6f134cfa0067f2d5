package io.freehold.security.audit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.freehold.api.audit.AuditCheckpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever stands in the file of anchors, every byte of a line that counts is as Freehold writes it; more can be added. */
class AnchorFileFuzzTest {
    private static final AuditCheckpoint CHECKPOINT =
            new AuditCheckpoint(7, "0".repeat(64), Instant.ofEpochSecond(1), "1".repeat(64), "2".repeat(128));

    @TempDir
    static Path folder;

    static Stream<byte[]> files() {
        String line = AnchorFile.line(CHECKPOINT) + "\n";
        return Stream.of(line, line + line, line + line.substring(0, 99), "\n\n", line.replace("1970", "+1970"))
                .map(text -> text.getBytes(ISO_8859_1));
    }

    @MethodSource("files")
    @FuzzTest
    void linesAreReadAsTheyAreWritten(byte[] data) throws IOException {
        Path path = folder.resolve("anchors");
        Files.write(path, data);
        AnchorFile file = new AnchorFile(path);
        List<String> lines = new String(data, ISO_8859_1).lines().toList();
        file.read((number, checkpoint) -> {
            checkpoint.ifPresent(found -> assertThat(AnchorFile.line(found)).isEqualTo(lines.get((int) number - 1)));
            return true;
        });
        file.last().ifPresent(found -> assertThat(lines).contains(AnchorFile.line(found)));
        file.append(CHECKPOINT);
        List<Optional<AuditCheckpoint>> all = new ArrayList<>();
        file.read((number, checkpoint) -> all.add(checkpoint));
        assertThat(all).last().isEqualTo(Optional.of(CHECKPOINT));
        assertThat(file.last()).contains(CHECKPOINT);
    }
}
