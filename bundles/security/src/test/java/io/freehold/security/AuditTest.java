package io.freehold.security;

import static io.freehold.security.Refusals.assertInvalid;
import static io.freehold.security.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freehold.api.ErrorCode;
import io.freehold.api.Page;
import io.freehold.api.PageRequest;
import io.freehold.api.audit.AuditEntry;
import io.freehold.api.audit.AuditLog;
import io.freehold.api.audit.AuditLog.Verification;
import io.freehold.api.audit.AuditQuery;
import io.freehold.api.audit.Outcome;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Role;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AuditTest extends HomeTest {
    private AuditLog log() {
        return home.security().auditLog();
    }

    private void record(String resource, Outcome outcome) {
        log().record(home.owner(), "instance.start", resource, outcome, "why");
    }

    private void recordFive() {
        for (int i = 1; i <= 5; i++) {
            record("instances/" + i, Outcome.SUCCESS);
        }
    }

    private Page<AuditEntry> list(
            @Nullable String actor, @Nullable String action, @Nullable String resource, @Nullable Outcome outcome) {
        return log().list(
                        home.owner(),
                        new AuditQuery(actor, action, resource, outcome, null, null, PageRequest.first()));
    }

    private void assertBroken(long at, String what) {
        Verification verification = log().verify(home.owner());
        assertThat(verification.ok()).isFalse();
        assertThat(verification.brokenAt()).isEqualTo(at);
        assertThat(verification.message()).contains("Entry " + at).contains(what);
    }

    @Test
    void entriesAreChainedAsTheFormatSays() throws Exception {
        recordFive();
        List<AuditEntry> entries = home.audit(null);

        String previous = "0".repeat(64);
        for (int i = entries.size() - 1; i >= 0; i--) {
            AuditEntry entry = entries.get(i);
            assertThat(entry.sequence()).isEqualTo(entries.size() - i);
            assertThat(entry.previousHash()).isEqualTo(previous);
            assertThat(entry.hash()).isEqualTo(hash(entry));
            previous = entry.hash();
        }
        Verification verification = log().verify(home.owner());
        assertThat(verification).isEqualTo(new Verification(true, 5, previous, 0, "", 0, 0));
    }

    /** What {@code docs/reference/audit-format.md} says, written once more. */
    static String hash(AuditEntry entry) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (String field : List.of(
                "freehold-audit-1",
                Long.toString(entry.sequence()),
                Long.toString(entry.time().toEpochMilli()),
                entry.actor(),
                entry.actorName(),
                entry.action(),
                entry.resource(),
                entry.outcome().name(),
                entry.source(),
                entry.requestId(),
                entry.detail(),
                entry.previousHash())) {
            byte[] bytes = field.getBytes(StandardCharsets.UTF_8);
            digest.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
            digest.update(bytes);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    @Test
    void anEmptyLogIsSound() {
        assertThat(log().verify(home.owner())).isEqualTo(new Verification(true, 0, "0".repeat(64), 0, "", 0, 0));
    }

    @Test
    void anAlteredEntryIsFound() {
        recordFive();
        for (String column : List.of("actor", "actor_name", "action", "resource", "outcome", "source", "detail")) {
            home.database.tamper("UPDATE security_audit SET " + column + " = " + column + " || 'x' WHERE sequence = 3");
            assertBroken(3, "altered");
            home.database.tamper("UPDATE security_audit SET " + column + " = substr(" + column + ", 1, length(" + column
                    + ") - 1) WHERE sequence = 3");
        }
        assertThat(log().verify(home.owner()).ok()).isTrue();
        home.database.tamper("UPDATE security_audit SET time = time + 1 WHERE sequence = 3");
        assertBroken(3, "altered");
    }

    @Test
    void textThatMovesFromOneFieldToTheNextIsFound() {
        record("ab", Outcome.SUCCESS);
        home.database.tamper("UPDATE security_audit SET action = action || 'a', resource = 'b'");
        assertBroken(1, "altered");
    }

    @Test
    void anAlteredEntryWithItsHashComputedAnewIsFound() throws Exception {
        recordFive();
        AuditEntry third = home.audit(null).get(2);
        AuditEntry forged = new AuditEntry(
                third.sequence(),
                third.time(),
                third.actor(),
                third.actorName(),
                third.action(),
                "instances/other",
                third.outcome(),
                third.source(),
                third.requestId(),
                third.detail(),
                third.previousHash(),
                "");
        home.database.tamper("UPDATE security_audit SET resource = 'instances/other', hash = '" + hash(forged)
                + "' WHERE sequence = 3");
        assertBroken(3, "computed anew");
    }

    @Test
    void theLastEntryWithItsHashComputedAnewIsFoundByTheHead() throws Exception {
        recordFive();
        AuditEntry last = home.audit(null).get(0);
        AuditEntry forged = new AuditEntry(
                last.sequence(),
                last.time(),
                last.actor(),
                "x",
                last.action(),
                last.resource(),
                last.outcome(),
                last.source(),
                last.requestId(),
                last.detail(),
                last.previousHash(),
                "");
        home.database.tamper(
                "UPDATE security_audit SET actor_name = 'x', hash = '" + hash(forged) + "' WHERE sequence = 5");
        assertBroken(5, "head");
    }

    @Test
    void aDeletedEntryIsFound() {
        recordFive();
        home.database.tamper("DELETE FROM security_audit WHERE sequence = 2");
        assertBroken(2, "missing");
    }

    @Test
    void aDeletedBeginningIsFound() {
        recordFive();
        home.database.tamper("DELETE FROM security_audit WHERE sequence <= 2");
        assertBroken(1, "missing");
    }

    @Test
    void aTailThatWasCutOffIsFound() {
        recordFive();
        home.database.tamper("DELETE FROM security_audit WHERE sequence > 3");
        assertBroken(4, "cut off");
        home.database.tamper("DELETE FROM security_audit");
        assertBroken(1, "cut off");
    }

    @Test
    void anEntryThatTheHeadDoesNotKnowIsFound() {
        recordFive();
        home.database.tamper("UPDATE security_audit_head SET sequence = 4");
        assertBroken(5, "head does not know it");
    }

    @Test
    void aBrokenLogCanStillBeReadAndWritten() {
        recordFive();
        home.database.tamper("UPDATE security_audit SET outcome = 'nonsense', hash = 'x' WHERE sequence = 3");
        record("instances/6", Outcome.SUCCESS);
        assertThat(home.audit(null)).hasSize(6);
        assertBroken(3, "altered");
    }

    @Test
    void theLogIsReadNewestFirstWithFiltersPageByPage() {
        recordFive();
        home.clock.pass(Duration.ofHours(1));
        Instant later = home.clock.instant();
        record("backends/9", Outcome.DENIED);
        log().record(Caller.core("boot"), "bundle.stop", "bundles/7", Outcome.INTENT, "");

        assertThat(list("system:core", null, null, null).items())
                .extracting(AuditEntry::sequence)
                .containsExactly(7L);
        assertThat(list("owner", null, null, null).total()).isEqualTo(6);
        assertThat(list(null, "instance.*", null, null).total()).isEqualTo(6);
        assertThat(list(null, "instance", null, null).total()).isZero();
        assertThat(list(null, "*", null, null).total()).isEqualTo(7);
        assertThat(list(null, "%", null, null).total()).isZero();
        assertThat(list(null, null, "instances/*", null).total()).isEqualTo(5);
        assertThat(list(null, null, "instances/2", null).total()).isEqualTo(1);
        assertThat(list(null, null, null, Outcome.DENIED).total()).isEqualTo(1);
        assertThat(log().list(home.owner(), new AuditQuery(null, null, null, null, later, null, PageRequest.first()))
                        .total())
                .isEqualTo(2);
        assertThat(log().list(home.owner(), new AuditQuery(null, null, null, null, null, later, PageRequest.first()))
                        .total())
                .isEqualTo(5);

        List<Long> walked = new ArrayList<>();
        String cursor = null;
        do {
            Page<AuditEntry> page = log().list(
                            home.owner(),
                            new AuditQuery(null, "instance.*", null, null, null, null, new PageRequest(4, cursor)));
            assertThat(page.total()).isEqualTo(6);
            page.items().forEach(entry -> walked.add(entry.sequence()));
            cursor = page.nextCursor();
        } while (cursor != null);
        assertThat(walked).containsExactly(6L, 5L, 4L, 3L, 2L, 1L);
        assertInvalid(
                () -> log().list(
                                home.owner(),
                                new AuditQuery(null, null, null, null, null, null, new PageRequest(4, "x"))),
                "cursor");
    }

    @Test
    void onlyWhoMayReadTheLogReadsIt() {
        home.user("reader", Role.READONLY);
        home.user("auditor", Role.AUDITOR);
        Caller reader = home.signIn("reader");
        Caller auditor = home.signIn("auditor");
        AuditQuery all = new AuditQuery(null, null, null, null, null, null, PageRequest.first());

        assertRefused(() -> log().list(reader, all), ErrorCode.DENIED);
        assertRefused(() -> log().verify(reader), ErrorCode.DENIED);
        assertThat(log().list(auditor, all).items()).isNotEmpty();
        assertThat(log().verify(auditor).ok()).isTrue();
    }

    @Test
    void anEntryCommitsWithTheChangeThatItRecordsOrNotAtAll() {
        assertThatThrownBy(() -> home.database.write(connection -> {
                    record("instances/1", Outcome.SUCCESS);
                    throw new IllegalStateException("the change failed");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(home.audit(null)).isEmpty();
        record("instances/2", Outcome.SUCCESS);
        assertThat(log().verify(home.owner()).entries()).isEqualTo(1);
    }

    @Test
    void whatCannotBeRecordedIsRefused() {
        home.database.breakWrites(true);
        assertRefused(() -> record("instances/1", Outcome.SUCCESS), ErrorCode.UNAVAILABLE);
    }

    @Test
    void listenersHearOfEntriesInOrderOnceTheyAreDurable() throws InterruptedException {
        List<Long> heard = new ArrayList<>();
        home.listeners.add(entry -> {
            throw new IllegalStateException("a listener that fails, as expected by this test");
        });
        home.listeners.add(entry -> heard.add(entry.sequence()));
        home.database.write(connection -> {
            record("instances/1", Outcome.SUCCESS);
            assertThat(heard).isEmpty();
            return heard;
        });
        AtOnce.run(20, () -> {
            record("instances/2", Outcome.SUCCESS);
            return true;
        });
        assertThat(heard).hasSize(21).isSorted();
        assertThat(log().verify(home.owner()).ok()).isTrue();
    }

    @Test
    void whatAStrangerSendsIsStoredWithoutHarm() {
        String odd = "a\u0000b\nc\ud800d" + "\ud83d\ude00".repeat(3000);
        log().record(home.owner(), "x.y", odd, Outcome.SUCCESS, odd);
        AuditEntry entry = home.audit("x.y").get(0);

        assertThat(entry.resource()).startsWith("a\ufffdb\ufffdc\ufffdd\ud83d\ude00");
        assertThat(entry.detail().codePointCount(0, entry.detail().length())).isEqualTo(2000);
        assertThat(log().verify(home.owner()).ok()).isTrue();
    }
}
