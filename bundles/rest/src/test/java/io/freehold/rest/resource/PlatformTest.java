package io.freehold.rest.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.freehold.api.audit.Outcome;
import io.freehold.rest.ServerTest;
import io.freehold.rest.TestServer.Answer;
import io.freehold.rest.memory.Memory;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PlatformTest extends ServerTest {
    @Test
    void theAuditLogIsReadByFilters() {
        server.memory.audit.record(
                server.memory.security.caller(Memory.ADMIN), "user.create", "users/1", Outcome.SUCCESS, "detail");
        Answer answer = server.get("/api/v1/audit?actor=ada&action=user.*&resource=users/1&outcome=success"
                + "&from=2026-01-31T12:00:00Z&to=2026-02-01T12:00:00%2B01:00");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().at("/items/0").fieldNames())
                .toIterable()
                .containsExactly(
                        "sequence",
                        "time",
                        "actor",
                        "actorName",
                        "action",
                        "resource",
                        "outcome",
                        "source",
                        "requestId",
                        "detail",
                        "previousHash",
                        "hash");
        var query = server.memory.audit.lastQuery;
        assertThat(query).isNotNull();
        assertThat(query.outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(query.to()).isEqualTo(Instant.parse("2026-02-01T11:00:00Z"));
        assertThat(server.get("/api/v1/audit?from=yesterday").status()).isEqualTo(422);
        assertThat(server.get("/api/v1/audit?to=%2B999999999-12-31T00:00:00Z").status())
                .isEqualTo(422);
        assertThat(server.get("/api/v1/audit?outcome=maybe").status()).isEqualTo(422);
        assertThat(server.get("/api/v1/audit?actor=%00").status()).isEqualTo(422);
    }

    @Test
    void theChainIsVerified() {
        Answer good = server.get("/api/v1/audit/verify");
        assertThat(good.json().get("ok").asBoolean()).isTrue();
        assertThat(good.json().has("brokenAt")).isFalse();
        server.memory.audit.intact = false;
        try {
            Answer broken = server.get("/api/v1/audit/verify");
            assertThat(broken.status()).isEqualTo(200);
            assertThat(broken.json().get("ok").asBoolean()).isFalse();
            assertThat(broken.json().get("brokenAt").asInt()).isEqualTo(2);
        } finally {
            server.memory.audit.intact = true;
        }
    }

    @Test
    void theLogIsExportedAsLinesThatEndWithACheckpoint() {
        server.memory.audit.record(
                server.memory.security.caller(Memory.ADMIN), "user.create", "users/1", Outcome.SUCCESS, "é \"x\"");
        Answer answer = server.get("/api/v1/audit/export?from=2026-01-31T12:00:00Z");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("application/x-ndjson");
        String[] lines = answer.body().split("\n");
        assertThat(lines).hasSize(server.memory.audit.entries.size() + 1);
        assertThat(lines[0]).startsWith("{\"sequence\":1,\"time\":\"");
        assertThat(lines[lines.length - 2]).contains("\"detail\":\"é \\\"x\\\"\"");
        assertThat(lines[lines.length - 1]).startsWith("{\"checkpoint\":\"freehold-checkpoint-1\",\"sequence\":");
        assertThat(answer.body()).endsWith("}\n");
        var query = server.memory.audit.lastQuery;
        assertThat(query).isNotNull();
        assertThat(query.from()).isEqualTo(Instant.parse("2026-01-31T12:00:00Z"));
        assertThat(query.to()).isNull();

        assertThat(server.get("/api/v1/audit/export?to=later").status()).isEqualTo(422);
        assertThat(server.send(server.open("/api/v1/audit/export").header("Authorization", "Bearer " + Memory.NOBODY))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void theSystemSaysWhatRuns() {
        Answer answer = server.get("/api/v1/system");
        assertThat(answer.json().get("version").asText()).isEqualTo("0.1.0");
        assertThat(answer.json().get("database").asText()).isEqualTo("SQLite in memory");
        assertThat(answer.json().get("features").toString()).isEqualTo("[\"base\",\"rest\"]");
        assertThat(answer.json().at("/nodes")).hasSize(1);
        assertThat(answer.json().at("/nodes/0/name").asText()).isNotEmpty();
        assertThat(answer.json().at("/nodes/0/version").asText()).isEqualTo("0.1.0");
        assertThat(answer.json().at("/jvm/version").asText()).isNotEmpty();
        assertThat(server.send(server.open("/api/v1/system").header("Authorization", "Bearer " + Memory.NOBODY))
                        .status())
                .isEqualTo(403);
    }
}
