package io.freehold.security.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.freehold.api.audit.AuditCheckpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Checkpoints and segments as another implementation of the format made them; the launcher reads the same files. */
class VectorsTest {
    private static final Path ANCHORS = Path.of("src/test/resources/audit-anchors.jsonl");

    private final Signer signer =
            new Signer(key(), Clock.fixed(Instant.parse("2026-01-01T00:05:00.250Z"), ZoneOffset.UTC));

    private static byte[] key() {
        byte[] key = new byte[32];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) i;
        }
        return key;
    }

    @Test
    void checkpointsAreSignedAsTheFormatSays() throws IOException {
        List<AuditCheckpoint> found = new ArrayList<>();
        new AnchorFile(ANCHORS).read((number, checkpoint) -> {
            found.add(checkpoint.orElseThrow());
            return true;
        });
        assertThat(found).hasSize(2).allMatch(signer::signed);
        assertThat(signer.sign(5, found.get(1).hash())).isEqualTo(found.get(1));
        assertThat(new AnchorFile(ANCHORS).last()).isEqualTo(Optional.of(found.get(1)));
    }

    @Test
    void segmentsAreReadAsTheFormatSays() throws Exception {
        List<String> lines = new ArrayList<>();
        for (int number = 1; number <= 2; number++) {
            Path path = ANCHORS.resolveSibling("audit-0000000" + number + ".jsonl.gz");
            SegmentFile file = SegmentFile.read(path, Optional.empty());
            assertThat(file.end().number()).isEqualTo(number);
            assertThat(file.end().signed(signer)).isTrue();
            file.entries().forEach(entry -> lines.add(EntryLine.write(entry)));
        }
        assertThat(lines)
                .isEqualTo(Files.readAllLines(ANCHORS.resolveSibling("audit-export.jsonl"))
                        .subList(0, 5));
    }

    @Test
    void entriesAreHashedAsTheFormatSays() {
        assertThat(Chain.hash(
                        1,
                        Instant.parse("2026-01-01T00:00:01.007Z").toEpochMilli(),
                        "user:0b1e",
                        "ada",
                        "user.create",
                        "users/1",
                        "SUCCESS",
                        "192.0.2.1",
                        "r-1",
                        "",
                        Chain.START))
                .isEqualTo("a43e3b1ad6aa6e0ab6a78a13fe2fd8b861e34cb140efdd9f2d90571e38a846c1");
    }
}
