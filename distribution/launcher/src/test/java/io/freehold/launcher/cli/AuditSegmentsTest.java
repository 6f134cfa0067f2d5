package io.freehold.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.freehold.launcher.ExitStatus;
import io.freehold.launcher.LauncherException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sealed segments as another implementation of the format made them, whole and tampered with; Freehold does not run. */
class AuditSegmentsTest {
    /** The security bundle reads the same files. */
    private static final Path VECTORS = Path.of("../../bundles/security/src/test/resources");

    private static final Path ANCHORS = VECTORS.resolve("audit-anchors.jsonl");
    private static final Path FIRST = VECTORS.resolve("audit-00000001.jsonl.gz");
    private static final Path SECOND = VECTORS.resolve("audit-00000002.jsonl.gz");

    @TempDir
    Path home;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private String verify(Object... arguments) throws InterruptedException {
        List<String> all = new ArrayList<>(List.of("audit", "verify"));
        Arrays.stream(arguments).map(Object::toString).forEach(all::add);
        out.reset();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        assertThat(new Cli(home, "1", Map.of(), stream, stream).run(all)).isEqualTo(ExitStatus.OK);
        return out.toString(StandardCharsets.UTF_8);
    }

    private void assertBroken(String what, Object... arguments) {
        assertThatExceptionOfType(LauncherException.class)
                .isThrownBy(() -> verify(arguments))
                .withMessageContaining(what)
                .satisfies(e -> assertThat(e.status()).isEqualTo(ExitStatus.FAILED));
    }

    private Path written(byte[] bytes) throws IOException {
        return Files.write(home.resolve("changed.gz"), bytes);
    }

    private Path packed(List<String> lines) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return written(bytes.toByteArray());
    }

    private static List<String> lines(Path file) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            return new ArrayList<>(new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList());
        }
    }

    @Test
    void aSegmentIsInOrderByItself() throws Exception {
        assertThat(verify(FIRST)).startsWith("Segment 1 is whole: entries 1 to 2; 0 anchors match; signed by 03a107bf");
        assertThat(verify(SECOND)).startsWith("Segment 2 is whole: entries 3 to 5;");
        assertThat(verify(SECOND, "--anchors", ANCHORS)).contains("entries 3 to 5; 1 anchors match");
    }

    @Test
    void segmentsInOrderAreOneChainThatAnExportMayGoOnWith() throws Exception {
        assertThat(verify(FIRST, SECOND, "--anchors", ANCHORS)).hasLineCount(2);
        List<String> export = Files.readAllLines(VECTORS.resolve("audit-export.jsonl"));
        Path rest = Files.write(home.resolve("rest.jsonl"), export.subList(2, 6));
        assertThat(verify(FIRST, rest, "--anchors", ANCHORS))
                .hasLineCount(2)
                .contains("The export is whole: entries 3 to 5");
    }

    @Test
    void aMissingOrMisplacedSegmentIsNamed() throws Exception {
        assertBroken("audit-00000001.jsonl.gz, line 1 has entry 1, which is not in its place", SECOND, FIRST);
        assertBroken("audit-00000001.jsonl.gz, line 1 has entry 1, which is not in its place", FIRST, FIRST);
        Path third = Files.write(
                home.resolve("third.jsonl"),
                Files.readAllLines(VECTORS.resolve("audit-export.jsonl")).subList(4, 6));
        assertBroken("entry 3 is missing or not in its place: what comes next is segment 2", FIRST, third);
    }

    @Test
    void everyFlippedByteIsFound() throws Exception {
        byte[] whole = Files.readAllBytes(SECOND);
        for (int i = 0; i < whole.length; i++) {
            byte[] changed = whole.clone();
            changed[i] ^= (byte) 0xff;
            Path file = written(changed);
            assertThatExceptionOfType(LauncherException.class)
                    .as("byte %d flipped", i)
                    .isThrownBy(() -> verify(file));
        }
    }

    @Test
    void everyCutAndWhatIsAddedIsFound() throws Exception {
        byte[] whole = Files.readAllBytes(SECOND);
        for (int length = 0; length < whole.length; length++) {
            Path file = written(Arrays.copyOf(whole, length));
            assertThatExceptionOfType(LauncherException.class)
                    .as("cut after %d bytes", length)
                    .isThrownBy(() -> verify(file));
        }
        assertBroken("there is more in it", written(Arrays.copyOf(whole, whole.length + 1)));
        byte[] twice = Arrays.copyOf(whole, whole.length * 2);
        System.arraycopy(whole, 0, twice, whole.length, whole.length);
        assertBroken("changed.gz", written(twice));
    }

    @Test
    void entriesThatWereTakenOutAreFoundByTheEndOfTheSegment() throws Exception {
        for (int i = 0; i < 3; i++) {
            List<String> fewer = lines(SECOND);
            fewer.remove(i);
            assertBroken(i == 1 ? "entry 4 is missing" : "are not those before it", packed(fewer));
        }
        List<String> open = lines(SECOND);
        open.remove(3);
        assertBroken("the end was cut off", packed(open));
    }

    @Test
    void anEndThatWasChangedOrComesFromAnotherSegmentIsFound() throws Exception {
        List<String> changed = lines(SECOND);
        changed.set(3, changed.get(3).replace("\"number\":2", "\"number\":3"));
        assertBroken("wrong signature", packed(changed));
        List<String> other = lines(SECOND);
        other.set(3, lines(FIRST).get(2));
        assertBroken("closes segment 1 with entries 1 to 2, which are not those before it", packed(other));
        assertBroken("is not signed by the key 00", SECOND, "--key", "0".repeat(64));
    }
}
