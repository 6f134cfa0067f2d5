package io.freehold.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.freehold.launcher.DataFolder;
import io.freehold.launcher.ExitStatus;
import io.freehold.launcher.LauncherException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exports as another implementation of the format made them, whole and tampered with; Freehold does not run. */
class AuditCommandTest {
    /** The security bundle reads the same files. */
    private static final Path VECTORS = Path.of("../../bundles/security/src/test/resources");

    private static final Path ANCHORS = VECTORS.resolve("audit-anchors.jsonl");

    @TempDir
    Path home;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private List<String> lines = List.of();

    @BeforeEach
    void read() throws IOException {
        lines = new ArrayList<>(Files.readAllLines(VECTORS.resolve("audit-export.jsonl")));
    }

    private int run(String... args) throws InterruptedException {
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        return new Cli(home, "1", Map.of(), stream, stream).run(List.of(args));
    }

    private String verify(byte[] export, String... options) throws Exception {
        Path file = home.resolve("export.jsonl");
        Files.write(file, export);
        List<String> args = new ArrayList<>(List.of("audit", "verify", file.toString()));
        args.addAll(Arrays.asList(options));
        out.reset();
        assertThat(run(args.toArray(String[]::new))).isEqualTo(ExitStatus.OK);
        return out.toString(StandardCharsets.UTF_8);
    }

    private String verify(List<String> export, String... options) throws Exception {
        return verify((String.join("\n", export) + "\n").getBytes(StandardCharsets.UTF_8), options);
    }

    private void assertBroken(List<String> export, String what, String... options) {
        assertThatExceptionOfType(LauncherException.class)
                .isThrownBy(() -> verify(export, options))
                .withMessageContaining(what)
                .satisfies(e -> assertThat(e.status()).isEqualTo(ExitStatus.FAILED));
    }

    @Test
    void aWholeExportIsInOrder() throws Exception {
        assertThat(verify(lines))
                .startsWith("The export is whole: entries 1 to 5; 0 anchors match; signed by 03a107bf");
        assertThat(verify(lines, "--anchors", ANCHORS.toString())).contains("2 anchors match");
        assertThat(verify(lines, "--key", "03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8"))
                .contains("entries 1 to 5");
    }

    @Test
    void everyFlippedByteIsFound() throws Exception {
        byte[] whole = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        for (int bit : new int[] {0x01, 0x20, 0x80}) {
            for (int i = 0; i < whole.length; i++) {
                byte[] changed = whole.clone();
                changed[i] ^= (byte) bit;
                assertThatExceptionOfType(LauncherException.class)
                        .as("byte %d flipped by %d", i, bit)
                        .isThrownBy(() -> verify(changed));
            }
        }
    }

    @Test
    void aNumberWhereATextIsWrittenIsNoLine() {
        String entry = lines.get(0);
        assertThat(AuditLine.parse(entry)).isPresent();
        for (String field : List.of("actor", "resource", "detail", "requestId")) {
            String number = entry.replaceFirst("\"" + field + "\":\"[^\"]*\"", "\"" + field + "\":5");
            assertThat(number).isNotEqualTo(entry);
            assertThat(AuditLine.parse(number)).as(field).isEmpty();
        }
    }

    @Test
    void everyCutIsFound() throws Exception {
        byte[] whole = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatExceptionOfType(LauncherException.class)
                    .as("cut after %d bytes", length)
                    .isThrownBy(() -> verify(cut));
        }
    }

    @Test
    void everyDeletedLineIsFound() {
        for (int i = 0; i < lines.size(); i++) {
            List<String> fewer = new ArrayList<>(lines);
            fewer.remove(i);
            String what = i == lines.size() - 1
                    ? "does not end with its checkpoint"
                    : i == lines.size() - 2 ? "the end was altered" : "entry " + (i + 1) + " is missing";
            assertBroken(fewer, what);
        }
    }

    @Test
    void linesInAnotherOrderOrTwiceAreFound() {
        for (int i = 0; i + 1 < lines.size(); i++) {
            List<String> swapped = new ArrayList<>(lines);
            Collections.swap(swapped, i, i + 1);
            assertBroken(swapped, "line ");
            List<String> twice = new ArrayList<>(lines);
            twice.add(i, lines.get(i));
            assertBroken(twice, "not in its place");
        }
        List<String> longer = new ArrayList<>(lines);
        longer.add(lines.get(5));
        assertBroken(longer, "after the end of the export");
    }

    @Test
    void aLastEntryThatWasEditedWithItsHashComputedAnewIsFoundByTheCheckpoint() {
        AuditLine last =
                AuditLine.parse(lines.get(4).replace("FAILURE", "SUCCESS")).orElseThrow();
        lines.set(4, lines.get(4).replace("FAILURE", "SUCCESS").replace(last.text("hash"), last.entryHash()));
        assertBroken(lines, "the end was altered");
    }

    @Test
    void anEntryThatWasEditedWithItsHashComputedAnewIsFoundByTheNext() {
        AuditLine third =
                AuditLine.parse(lines.get(2).replace("DENIED", "SUCCESS")).orElseThrow();
        lines.set(2, lines.get(2).replace("DENIED", "SUCCESS").replace(third.text("hash"), third.entryHash()));
        assertBroken(lines, "entry 4, which does not follow");
    }

    @Test
    void aTailThatWasCutOffWithItsCheckpointSignedAnewIsFoundByTheAnchors() throws Exception {
        // The anchor of entry 2 is a checkpoint that the same key signed, so the short export is sound in itself.
        List<String> anchors = Files.readAllLines(ANCHORS);
        List<String> cut = List.of(lines.get(0), lines.get(1), anchors.get(0));
        assertThat(verify(cut)).contains("entries 1 to 2");
        // Its checkpoint is older than the anchor of entry 5, which is thus no proof; a younger one would be.
        assertThat(verify(cut, "--anchors", ANCHORS.toString())).contains("1 anchors match");
        Path earlier = home.resolve("earlier");
        Files.writeString(earlier, anchors.get(1) + "\n");
        List<String> wrong = List.of(lines.get(0), lines.get(1), lines.get(5));
        assertBroken(wrong, "is the checkpoint of entry 5", "--anchors", earlier.toString());
    }

    @Test
    void aPartOfTheLogIsCheckedIfItIsMeantToBeOne() throws Exception {
        List<String> part = lines.subList(2, 6);
        assertBroken(part, "--partial");
        assertThat(verify(part, "--partial", "--anchors", ANCHORS.toString()))
                .contains("entries 3 to 5; 1 anchors match");
    }

    @Test
    void anotherKeyIsNotTrusted() {
        assertBroken(lines, "is not signed by the key 00", "--key", "0".repeat(64));
        assertBroken(lines, "anchors.jsonl, line 1", "--key", "0".repeat(64), "--anchors", ANCHORS.toString());
    }

    @Test
    void anchorsThatWereChangedAreFound() throws IOException {
        Path changed = home.resolve("anchors");
        Files.writeString(changed, Files.readString(ANCHORS).replace("\"sequence\":2", "\"sequence\":1"));
        assertBroken(lines, "anchors, line 1 is not signed", "--anchors", changed.toString());
    }

    @Test
    void whatIsWrongWithTheCommandIsSaid() {
        assertThatExceptionOfType(LauncherException.class)
                .isThrownBy(() -> run("audit", "verify", home.resolve("nothing").toString()))
                .withMessageContaining("there is no such file")
                .satisfies(e -> assertThat(e.status()).isEqualTo(ExitStatus.FAILED));
        for (List<String> wrong : List.of(
                List.of("audit", "verify", "--partial"),
                List.of("audit", "verify", "a", "--anchors"),
                List.of("audit", "verify", "a", "--key", "short"),
                List.of("audit", "verify", "a", "--odd"))) {
            assertThatExceptionOfType(LauncherException.class)
                    .isThrownBy(() -> run(wrong.toArray(String[]::new)))
                    .satisfies(e -> assertThat(e.status()).isEqualTo(ExitStatus.USAGE));
        }
    }

    @Test
    void theRunningLogIsVerifiedAndExported() throws Exception {
        DataFolder data = new DataFolder(home.resolve("data"));
        data.prepare();
        Path file = home.resolve("out.jsonl");
        try (CannedSocket socket = new CannedSocket(data.socket())) {
            socket.answer(
                    "GET /api/v1/audit/verify",
                    200,
                    "{\"ok\":true,\"entries\":5,\"anchors\":2,\"segments\":3,\"head\":\"ab\"}");
            assertThat(run("audit", "verify")).isZero();
            assertThat(out.toString(StandardCharsets.UTF_8))
                    .contains("whole: 5 entries, 3 sealed segments; 2 anchors match");
            socket.answer("GET /api/v1/audit/export", 200, String.join("\n", lines) + "\n");
            assertThat(run("audit", "export", file.toString())).isZero();
        }
        assertThat(Files.readAllLines(file)).isEqualTo(lines);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThatExceptionOfType(LauncherException.class)
                .isThrownBy(() -> run("audit", "export", file.toString()))
                .withMessageContaining("exists already");
    }

    @Test
    void aBrokenLogAndARefusedExportFail() throws Exception {
        DataFolder data = new DataFolder(home.resolve("data"));
        data.prepare();
        Path file = home.resolve("out.jsonl");
        try (CannedSocket socket = new CannedSocket(data.socket())) {
            socket.answer("GET /api/v1/audit/verify", 200, "{\"ok\":false,\"message\":\"Entry 3 was altered.\"}");
            assertThatExceptionOfType(LauncherException.class)
                    .isThrownBy(() -> run("audit", "verify"))
                    .withMessageContaining("Entry 3 was altered");
            socket.answer("GET /api/v1/audit/export", 503, "{\"detail\":\"The database cannot be used now.\"}");
            assertThatExceptionOfType(LauncherException.class)
                    .isThrownBy(() -> run("audit", "export", file.toString()))
                    .withMessageContaining("The database cannot be used now");
        }
        assertThat(file).doesNotExist();
    }
}
