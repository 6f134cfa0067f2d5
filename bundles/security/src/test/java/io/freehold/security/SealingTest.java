package io.freehold.security;

import static io.freehold.security.Refusals.assertInvalid;
import static io.freehold.security.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.freehold.api.ErrorCode;
import io.freehold.api.audit.AuditCheckpoint;
import io.freehold.api.audit.AuditEntry;
import io.freehold.api.audit.AuditLog;
import io.freehold.api.audit.AuditLog.Verification;
import io.freehold.api.audit.Outcome;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Old entries leave the database for files, and nothing is lost or goes unnoticed on the way. */
class SealingTest extends HomeTest {
    private static final Duration LATER = Duration.ofDays(40);

    @BeforeEach
    void retainThirtyDays() {
        home.settings.put("freehold.audit.retention", "30d");
        home.restart();
    }

    private AuditLog log() {
        return home.security().auditLog();
    }

    private void record(int count) {
        home.database.write(connection -> {
            for (int i = 1; i <= count; i++) {
                log().record(home.owner(), "instance.start", "instances/" + i, Outcome.SUCCESS, "\"why\" \\ \u00fc");
            }
            return count;
        });
    }

    private void seal() {
        home.security().sealing().run();
    }

    /** Two segments of five entries, and four entries in the database. */
    private void twoSegments() {
        record(5);
        home.clock.pass(LATER);
        seal();
        record(4);
        home.clock.pass(LATER);
        seal();
        record(3);
        assertThat(stored()).containsExactly(11L, 12L, 13L, 14L);
    }

    private Path file(int number) {
        return home.data.resolve("audit-segments/audit-0000000" + number + ".jsonl.gz");
    }

    private List<Long> stored() {
        return home.audit(null).stream().map(AuditEntry::sequence).sorted().toList();
    }

    private List<AuditEntry> export(@Nullable Instant from, @Nullable Instant to) {
        List<AuditEntry> entries = new ArrayList<>();
        AuditCheckpoint end = log().export(home.owner(), from, to).writeTo(entries::add);
        assertThat(end.sequence())
                .isEqualTo(
                        entries.isEmpty() ? 0 : entries.get(entries.size() - 1).sequence());
        return entries;
    }

    private void assertWhole(long entries, long segments) {
        Verification found = log().verify(home.owner());
        assertThat(found.message()).isEmpty();
        assertThat(found.ok()).isTrue();
        assertThat(found.entries()).isEqualTo(entries);
        assertThat(found.segments()).isEqualTo(segments);
    }

    private void assertBroken(long at, String what) {
        Verification found = log().verify(home.owner());
        assertThat(found.ok()).isFalse();
        assertThat(found.message()).contains(what);
        assertThat(found.brokenAt()).isEqualTo(at);
    }

    private static List<String> lines(Path file) throws IOException {
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        }
    }

    @Test
    void whatIsOldMovesIntoAFileAndTheChainStaysWhole() throws IOException {
        record(5);
        home.clock.pass(LATER);
        record(1);
        List<AuditEntry> before = export(null, null);
        seal();

        assertThat(stored()).containsExactly(6L, 7L, 8L);
        assertThat(home.audit("audit.seal").get(0).detail())
                .startsWith("Segment 1 (entries 1 to 5, audit-00000001.jsonl.gz), SHA-256 ");
        assertWhole(8, 1);
        List<AuditEntry> after = export(null, null);
        assertThat(after.subList(0, before.size())).isEqualTo(before);
        assertThat(after).hasSize(9);

        List<String> lines = lines(file(1));
        assertThat(lines).hasSize(6);
        assertThat(lines.get(0))
                .startsWith("{\"sequence\":1,\"time\":\"2026-01-01T00:00:00Z\",\"actor\":\"system:owner\"")
                .contains("\"detail\":\"\\\"why\\\" \\\\ \u00fc\"");
        assertThat(lines.get(5))
                .startsWith("{\"segment\":\"freehold-segment-1\",\"number\":1,\"first\":1,\"sequence\":5");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file(1))))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file(1).resolveSibling("."))))
                .isEqualTo("rwx------");
        home.restart();
        assertWhole(9, 1);
    }

    @Test
    void nothingIsSealedUnlessTheSettingSaysSo() {
        home.settings.clear();
        home.restart();
        record(5);
        home.clock.pass(LATER);
        seal();
        assertThat(home.audit("audit.seal")).isEmpty();
        assertThat(home.data.resolve("audit-segments")).doesNotExist();
    }

    @Test
    void fewEntriesWaitForOthersButNotForLong() {
        record(5);
        home.clock.pass(Duration.ofDays(31));
        seal();
        assertThat(stored()).hasSize(5);
        home.clock.pass(Duration.ofDays(2).plusMillis(1));
        seal();
        assertThat(stored()).containsExactly(6L);
    }

    @Test
    void manyEntriesFillSegmentsOfAThousand() {
        record(2_300);
        home.clock.pass(LATER);
        seal();
        assertThat(stored()).containsExactly(2_301L, 2_302L, 2_303L);
        assertWhole(2_303, 3);
        assertThat(export(null, null))
                .extracting(AuditEntry::sequence)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 2_304).boxed().toList());
    }

    @Test
    void anExportThatHasBegunGoesOnWhileItsEntriesAreSealed() {
        record(1_200);
        home.clock.pass(LATER);
        List<Long> seen = new ArrayList<>();
        log().export(home.owner(), null, null).writeTo(entry -> {
            if (entry.sequence() == 1) {
                seal();
            }
            seen.add(entry.sequence());
        });
        assertThat(seen)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 1_201).boxed().toList());
    }

    @Test
    void anExportOfATimeReachesIntoSegments() {
        Instant begin = home.clock.instant();
        twoSegments();
        assertThat(export(null, begin.plusSeconds(1)))
                .extracting(AuditEntry::sequence)
                .containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(export(begin.plusSeconds(1), begin.plus(LATER).plusSeconds(1)))
                .extracting(AuditEntry::sequence)
                .containsExactly(6L, 7L, 8L, 9L, 10L);
        assertThat(export(begin.plusSeconds(1), null))
                .first()
                .extracting(AuditEntry::sequence)
                .isEqualTo(6L);
        assertThat(export(null, begin)).isEmpty();
    }

    @Test
    void aFlippedByteOfASegmentIsFoundWhereverItIs() throws IOException {
        twoSegments();
        byte[] whole = Files.readAllBytes(file(2));
        for (int i = 0; i < whole.length; i += 7) {
            byte[] changed = whole.clone();
            changed[i] ^= 1;
            Files.write(file(2), changed);
            assertBroken(6, "Segment 2 (entries 6 to 10, audit-00000002.jsonl.gz) was altered");
        }
        Files.write(file(2), whole);
        assertWhole(log().verify(home.owner()).entries(), 2);
    }

    @Test
    void aMissingOrExchangedSegmentIsFound() throws IOException {
        twoSegments();
        Path away = home.data.resolve("away");
        Files.move(file(1), away);
        assertBroken(1, "Segment 1 (entries 1 to 5, audit-00000001.jsonl.gz) is missing");
        assertRefused(() -> export(null, null), ErrorCode.UNAVAILABLE);
        Files.move(file(2), file(1));
        Files.move(away, file(2));
        assertBroken(1, "Segment 1 (entries 1 to 5, audit-00000001.jsonl.gz) was altered");
    }

    @Test
    void recordsOfSegmentsThatWereChangedAreFound() {
        twoSegments();
        for (String change : List.of(
                "last_sequence = 11",
                "file_hash = 'ab'",
                "newest = newest + 1",
                "removed_at = 1",
                "signature = 'zz'",
                "signature = (SELECT s.signature FROM security_audit_segment s WHERE s.number = 1)")) {
            home.database.tamper("CREATE TABLE kept AS SELECT * FROM security_audit_segment");
            home.database.tamper("UPDATE security_audit_segment SET " + change + " WHERE number = 2");
            assertBroken(6, "The record of segment 2 (from entry 6 on) is not signed");
            home.database.tamper("DELETE FROM security_audit_segment");
            home.database.tamper("INSERT INTO security_audit_segment SELECT * FROM kept");
            home.database.tamper("DROP TABLE kept");
        }
        assertThat(log().verify(home.owner()).ok()).isTrue();
        home.database.tamper("DELETE FROM security_audit_segment WHERE number = 1");
        assertBroken(1, "The record of segment 1 (from entry 1 on) is missing");
        home.database.tamper("DELETE FROM security_audit_segment");
        assertBroken(1, "Entry 1 is missing");
    }

    @Test
    void whatIsDeletedOrAddedAtTheSeamIsFound() {
        twoSegments();
        home.database.tamper("UPDATE security_audit SET sequence = 10 WHERE sequence = 11");
        assertBroken(10, "Entry 10 was altered");
        home.database.tamper("DELETE FROM security_audit WHERE sequence = 10");
        assertBroken(11, "Entry 11 is missing");
        home.database.tamper("DELETE FROM security_audit_segment WHERE number = 2");
        assertBroken(6, "Entry 6 is missing");
    }

    @Test
    void anchorsOfSealedEntriesAreStillCompared() throws IOException {
        record(5);
        home.security().anchors().close();
        home.restart();
        home.clock.pass(LATER);
        seal();
        assertThat(log().verify(home.owner()).anchors()).isEqualTo(1);
        home.security().anchors().start();
        assertThat(home.audit("audit.verify")).isEmpty();
        home.security().anchors().close();

        Path anchors = home.data.resolve("audit-anchors");
        Files.writeString(anchors, Files.readString(anchors).replace("\"sequence\":5", "\"sequence\":4"));
        assertBroken(4, "Line 1 of the anchors");
    }

    @Test
    void whatWasTamperedWithIsNotSealed() {
        record(5);
        home.database.tamper("UPDATE security_audit SET outcome = 'nonsense' WHERE sequence = 3");
        home.clock.pass(LATER);
        seal();
        seal();
        assertThat(home.audit("audit.seal")).isEmpty();
        assertThat(home.audit("audit.verify")).hasSize(1);
        assertThat(home.audit("audit.verify").get(0).detail()).contains("Entry 3 was altered");
        assertBroken(3, "altered");
    }

    @Test
    void aCrashWhileTheFileIsWrittenLosesNothing() throws IOException {
        record(5);
        home.clock.pass(LATER);
        Files.createDirectories(file(1).resolveSibling("."));
        Files.writeString(file(1).resolveSibling("audit-00000001.jsonl.gz.new"), "half a file");
        seal();
        assertWhole(6, 1);
        assertThat(names()).containsExactly("audit-00000001.jsonl.gz");
    }

    @Test
    void aCrashBetweenFileAndTransactionIsResumedWithThatFile() throws IOException {
        record(5);
        home.clock.pass(LATER);
        home.database.breakWrites(true);
        seal();
        byte[] left = Files.readAllBytes(file(1));
        home.database.breakWrites(false);
        assertThat(stored()).hasSize(5);
        assertWhole(5, 0);

        home.restart();
        home.clock.pass(Duration.ofDays(1));
        seal();
        assertThat(Files.readAllBytes(file(1))).isEqualTo(left);
        assertThat(stored()).containsExactly(6L);
        assertWhole(6, 1);
    }

    @Test
    void aCrashWhileRowsAreDeletedIsResumedAndTheRestStaysProven() {
        record(250);
        home.clock.pass(LATER);
        // The record, and two hundred of the rows; then nothing goes any more.
        home.database.beforeNextWrite(() -> home.database.beforeNextWrite(() -> home.database.beforeNextWrite(
                () -> home.database.beforeNextWrite(() -> home.database.breakWrites(true)))));
        seal();
        home.database.breakWrites(false);
        assertThat(stored()).startsWith(201L).hasSize(51);
        assertWhole(251, 1);
        home.database.tamper("UPDATE security_audit SET detail = detail || 'x' WHERE sequence = 222");
        assertBroken(222, "Entry 222 was altered");
        home.database.tamper(
                "UPDATE security_audit SET detail = substr(detail, 1, length(detail) - 1)" + " WHERE sequence = 222");
        home.database.tamper("UPDATE security_audit SET hash = 'x', previous_hash = 'y' WHERE sequence = 250");
        assertThat(log().verify(home.owner()).ok()).isFalse();

        home.restart();
        seal();
        assertThat(stored()).startsWith(251L);
        assertThat(log().verify(home.owner()).ok()).isTrue();
    }

    @Test
    void sealedRowsThatAreWrittenAnewWithEverythingAfterThemAreFound() throws Exception {
        record(5);
        home.clock.pass(LATER);
        home.database.beforeNextWrite(() -> home.database.beforeNextWrite(() -> home.database.breakWrites(true)));
        seal();
        home.database.breakWrites(false);
        assertThat(stored()).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
        String fifth = forge(
                home.audit(null).get(1),
                "instances/other",
                home.audit(null).get(1).previousHash());
        String sixth = forge(home.audit(null).get(0), "audit", fifth);
        home.database.tamper("UPDATE security_audit_head SET hash = '" + sixth + "'");
        assertBroken(5, "Entry 5 is not the one that was sealed");
    }

    private String forge(AuditEntry entry, String resource, String previousHash) throws Exception {
        String hash = AuditTest.hash(new AuditEntry(
                entry.sequence(),
                entry.time(),
                entry.actor(),
                entry.actorName(),
                entry.action(),
                resource,
                entry.outcome(),
                entry.source(),
                entry.requestId(),
                entry.detail(),
                previousHash,
                ""));
        home.database.tamper("UPDATE security_audit SET resource = '" + resource + "', previous_hash = '" + previousHash
                + "', hash = '" + hash + "' WHERE sequence = " + entry.sequence());
        return hash;
    }

    @Test
    void aFileThatIsNoPartOfThisLogIsKeptAside() throws IOException {
        twoSegments();
        Path older = folder.resolve("older.gz");
        Files.copy(file(2), older);
        // The database of before the second segment, while its file is there.
        home.database.tamper("DELETE FROM security_audit_segment");
        home.database.tamper("DELETE FROM security_audit");
        home.database.tamper("UPDATE security_audit_head SET sequence = 0, hash = '" + "0".repeat(64) + "'");
        record(7);
        home.clock.pass(LATER);
        seal();
        assertThat(names()).hasSize(3).anyMatch(name -> name.startsWith("audit-00000001.jsonl.gz.unknown-"));
        Files.writeString(file(2), "torn");
        record(7);
        home.clock.pass(LATER);
        seal();
        assertThat(names()).hasSize(4);
        assertWhole(16, 2);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(home.data.resolve("audit-segments"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aFolderThatCannotBeWrittenLeavesTheEntriesWhereTheyAre() throws IOException {
        Files.writeString(home.data.resolve("audit-segments"), "no folder");
        record(5);
        home.clock.pass(LATER);
        seal();
        assertThat(stored()).hasSize(5);
        Files.delete(home.data.resolve("audit-segments"));
        seal();
        assertWhole(6, 1);
    }

    @Test
    void segmentsAreRemovedWhenTheSettingSaysSoAndTheRestIsStillProven() throws IOException {
        twoSegments();
        byte[] first = Files.readAllBytes(file(1));
        home.settings.put("freehold.audit.retention.segments", "60d");
        home.restart();
        seal();
        assertThat(names()).containsExactly("audit-00000002.jsonl.gz");
        assertThat(home.audit("audit.segment.remove").get(0).detail()).startsWith("Segment 1 (entries 1 to 5");
        assertWhole(15, 1);
        assertThat(export(null, null)).first().extracting(AuditEntry::sequence).isEqualTo(6L);

        // A crash between the record of the removal and the removal.
        Files.write(file(1), first);
        home.restart();
        seal();
        assertThat(names()).containsExactly("audit-00000002.jsonl.gz");

        home.database.tamper("UPDATE security_audit_segment SET removed_at = 0 WHERE number = 1");
        assertBroken(1, "The record of segment 1");
    }

    @Test
    void settingsThatMakeNoSenseAreRefused() {
        home.settings.put("freehold.audit.retention", "a year");
        assertInvalid(() -> home.restart(), "audit.retention");
        home.settings.put("freehold.audit.retention", "30d");
        home.settings.put("freehold.audit.retention.segments", "29d");
        assertInvalid(() -> home.restart(), "audit.retention.segments");
        home.settings.remove("freehold.audit.retention");
        assertInvalid(() -> home.restart(), "audit.retention.segments");
    }
}
