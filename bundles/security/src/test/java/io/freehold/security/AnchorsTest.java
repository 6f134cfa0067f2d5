package io.freehold.security;

import static io.freehold.security.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.freehold.api.ErrorCode;
import io.freehold.api.audit.AuditCheckpoint;
import io.freehold.api.audit.AuditEntry;
import io.freehold.api.audit.AuditLog;
import io.freehold.api.audit.AuditLog.Verification;
import io.freehold.api.audit.Outcome;
import io.freehold.api.security.Role;
import io.freehold.security.audit.AnchorPost;
import io.freehold.security.audit.Anchors;
import io.freehold.security.audit.AuditTrail;
import io.freehold.security.audit.Segments;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a chain alone cannot tell: that its end was cut off with the head, or all of it written anew. */
class AnchorsTest extends HomeTest {
    private AuditLog log() {
        return home.security().auditLog();
    }

    private Path file() {
        return home.data.resolve("audit-anchors");
    }

    private void record(int count) {
        for (int i = 1; i <= count; i++) {
            log().record(home.owner(), "instance.start", "instances/" + i, Outcome.SUCCESS, "");
        }
    }

    /** What a stop does. */
    private void anchor() {
        home.security().anchors().close();
    }

    private Verification broken() {
        Verification found = log().verify(home.owner());
        assertThat(found.ok()).as(found.message()).isFalse();
        return found;
    }

    /** Cuts the end off and lets the head know of nothing. */
    private void cutAfter(long sequence) {
        home.database.tamper("DELETE FROM security_audit WHERE sequence > " + sequence);
        home.database.tamper("UPDATE security_audit_head SET sequence = " + sequence
                + ", hash = (SELECT hash FROM security_audit WHERE sequence = " + sequence + ")");
    }

    @Test
    void aStopAnchorsTheHeadInAFileOfItsOwnOnce() throws IOException {
        record(3);
        anchor();
        anchor();
        assertThat(Files.readAllLines(file())).hasSize(1).first().asString().contains("\"sequence\":3,");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        assertThat(log().verify(home.owner()).anchors()).isEqualTo(1);

        home.restart();
        record(1);
        anchor();
        assertThat(Files.readAllLines(file())).hasSize(2);
        assertThat(log().verify(home.owner()).ok()).isTrue();
        assertThat(log().verify(home.owner()).anchors()).isEqualTo(2);
    }

    @Test
    void anEndThatWasCutOffTogetherWithTheHeadIsFound() {
        record(5);
        anchor();
        cutAfter(3);
        assertThat(broken().brokenAt()).isEqualTo(5);
        assertThat(broken().message()).contains("Entry 5 is missing");
    }

    @Test
    void anEndThatWasCutOffAndGrewAgainIsFound() {
        record(5);
        anchor();
        cutAfter(3);
        record(4);
        assertThat(broken().brokenAt()).isEqualTo(5);
        assertThat(broken().message()).contains("not the one that was anchored");
    }

    @Test
    void anOlderDatabaseIsNoticedAtTheStartAndRecordedOnce() {
        record(5);
        anchor();
        cutAfter(2);
        home.restart();
        home.security().anchors().start();
        List<AuditEntry> alarms = home.audit("audit.verify");
        assertThat(alarms).hasSize(1);
        assertThat(alarms.get(0).outcome()).isEqualTo(Outcome.FAILURE);
        assertThat(alarms.get(0).detail()).contains("Entry 5 is missing");
        home.security().anchors().close();
    }

    @Test
    void aMissingHeadIsFoundAndNothingCanBeRecordedThen() {
        record(2);
        home.database.tamper("DELETE FROM security_audit_head");
        assertThat(broken().message()).contains("head of the log is missing");
        assertRefused(() -> record(1), ErrorCode.UNAVAILABLE);
    }

    @Test
    void whatAVerificationFindsIsRecordedOnceInAWhile() {
        record(3);
        home.database.tamper("UPDATE security_audit SET detail = 'x' WHERE sequence = 2");
        broken();
        broken();
        assertThat(home.audit("audit.verify")).hasSize(1);
        home.clock.pass(Duration.ofMinutes(16));
        broken();
        assertThat(home.audit("audit.verify")).hasSize(2);
    }

    @Test
    void anAnchorThatWasChangedOrForgedIsFound() throws IOException {
        record(5);
        anchor();
        String line = Files.readString(file());
        for (String changed : List.of(
                line.replace("\"sequence\":5", "\"sequence\":4"),
                line.replaceFirst("\"signature\":\"..", "\"signature\":\"zz"),
                line.replaceFirst("\"key\":\"[0-9a-f]{64}", "\"key\":\"" + "a".repeat(64)),
                line.replace("Z\"", "z\""),
                "nonsense\n")) {
            Files.writeString(file(), changed);
            assertThat(broken().message()).contains("Line 1 of the anchors");
        }
        Files.writeString(file(), line);
        assertThat(log().verify(home.owner()).ok()).isTrue();
    }

    @Test
    void halfALineThatACrashLeftIsWrittenOver() throws IOException {
        record(1);
        anchor();
        Files.writeString(file(), "{\"checkpoint\":\"freeh", StandardOpenOption.APPEND);
        home.restart();
        home.security().anchors().start();
        record(1);
        anchor();
        assertThat(Files.readAllLines(file())).hasSize(2);
        assertThat(log().verify(home.owner()).ok()).isTrue();
    }

    @Test
    void aFileThatCannotBeWrittenStopsNothing() throws IOException {
        Files.createDirectory(file());
        record(1);
        anchor();
        record(1);
        assertThat(home.audit(null)).hasSize(2);
    }

    @Test
    void theCheckpointIsAlsoPostedWhereTheSettingSays() throws IOException {
        List<String> posted = new ArrayList<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/anchors", exchange -> {
            posted.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        try {
            record(2);
            AuditTrail trail = new AuditTrail(home.database, home.clock, List.of());
            URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/anchors");
            Segments segments = new Segments(home.data.resolve("audit-segments"), new byte[32], home.clock);
            new Anchors(home.database, trail, segments, file(), new AnchorPost(address)).close();
            assertThat(posted).containsExactly(Files.readString(file()).strip());
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aCheckpointThatIsNotTakenIsPostedAgainUntilThereIsANewerOne() throws IOException {
        List<String> posted = new CopyOnWriteArrayList<>();
        AtomicInteger status = new AtomicInteger(500);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/anchors", exchange -> {
            posted.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(status.get(), -1);
            exchange.close();
        });
        server.start();
        try {
            URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/anchors");
            Segments segments = new Segments(home.data.resolve("audit-segments"), new byte[32], home.clock);
            AuditTrail trail = new AuditTrail(home.database, home.clock, List.of());
            Anchors anchors = new Anchors(home.database, trail, segments, file(), new AnchorPost(address));
            record(2);
            tellOfAThousand(anchors);
            await().atMost(Duration.ofSeconds(10)).until(() -> posted.size() == 2);
            record(1);
            tellOfAThousand(anchors);
            await().until(() -> Files.readAllLines(file()).size() == 2);
            status.set(204);
            await().atMost(Duration.ofSeconds(10)).until(() -> posted.size() > 2 && isNewest(posted));
            int taken = posted.size();
            anchors.close();
            assertThat(posted).hasSize(taken);

            // What was not taken before a stop is posted after the start.
            Anchors again = new Anchors(home.database, trail, segments, file(), new AnchorPost(address));
            again.start();
            await().atMost(Duration.ofSeconds(10)).until(() -> posted.size() == taken + 1 && isNewest(posted));
            again.close();
        } finally {
            server.stop(0);
        }
    }

    private boolean isNewest(List<String> posted) throws IOException {
        return posted.get(posted.size() - 1).equals(Files.readAllLines(file()).get(1));
    }

    private void tellOfAThousand(Anchors anchors) {
        AuditEntry entry = home.audit(null).get(0);
        for (int i = 0; i < 1_000; i++) {
            anchors.recorded(entry);
        }
    }

    private List<AuditEntry> export(@Nullable Instant from, @Nullable Instant to, AuditCheckpoint[] end) {
        List<AuditEntry> entries = new ArrayList<>();
        end[0] = log().export(home.owner(), from, to).writeTo(entries::add);
        return entries;
    }

    @Test
    void anExportIsTheWholeLogInOrderAndSaysHowItEnds() {
        record(1_200);
        AuditCheckpoint[] end = new AuditCheckpoint[1];
        List<AuditEntry> entries = export(null, null, end);
        assertThat(entries).hasSize(1_201);
        for (int i = 0; i < entries.size(); i++) {
            assertThat(entries.get(i).sequence()).isEqualTo(i + 1);
        }
        AuditEntry last = entries.get(1_200);
        assertThat(last.action()).isEqualTo("audit.export");
        assertThat(end[0].sequence()).isEqualTo(1_201);
        assertThat(end[0].hash()).isEqualTo(last.hash());
    }

    @Test
    void anExportOfATimeIsARangeWithoutGaps() {
        record(2);
        home.clock.pass(Duration.ofHours(1));
        Instant from = home.clock.instant();
        record(3);
        home.clock.pass(Duration.ofHours(1));
        Instant to = home.clock.instant();
        record(1);
        AuditCheckpoint[] end = new AuditCheckpoint[1];
        assertThat(export(from, to, end)).extracting(AuditEntry::sequence).containsExactly(3L, 4L, 5L);
        assertThat(end[0].sequence()).isEqualTo(5);
        assertThat(export(to.plusSeconds(60), null, end)).isEmpty();
        assertThat(end[0].sequence()).isZero();
    }

    @Test
    void onlyWhoMayReadTheLogExportsItAndItIsRecorded() {
        home.user("reader", Role.READONLY);
        home.user("auditor", Role.AUDITOR);
        assertRefused(() -> log().export(home.signIn("reader"), null, null), ErrorCode.DENIED);
        assertThat(home.audit("audit.export")).isEmpty();
        log().export(home.signIn("auditor"), null, null);
        assertThat(home.audit("audit.export")).hasSize(1);
        home.database.breakWrites(true);
        assertRefused(() -> log().export(home.owner(), null, null), ErrorCode.UNAVAILABLE);
    }
}
