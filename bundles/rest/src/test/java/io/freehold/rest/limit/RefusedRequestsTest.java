package io.freehold.rest.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.freehold.api.audit.AuditEntry;
import io.freehold.api.audit.Outcome;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Origin;
import io.freehold.api.security.Principal;
import io.freehold.rest.TestServer;
import io.freehold.rest.memory.Memory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RefusedRequestsTest {
    private final Memory memory = new Memory();
    private long now;
    private final RefusedRequests refused = new RefusedRequests(memory.audit, () -> now);

    private static Caller stranger(String source) {
        return new Caller(Principal.ANONYMOUS, "", null, new Origin(source, "request-1"));
    }

    private List<AuditEntry> entries() {
        return memory.audit.entries;
    }

    @Test
    void whoGoesOnHasOneEntryInAWindowAndTheNextOneCounts() {
        for (int i = 0; i < 5; i++) {
            refused.record(stranger("192.0.2.1"));
        }
        assertThat(entries()).hasSize(1);
        assertThat(entries().get(0).action()).isEqualTo("api.limit");
        assertThat(entries().get(0).outcome()).isEqualTo(Outcome.DENIED);
        assertThat(entries().get(0).source()).isEqualTo("192.0.2.1");
        now += Duration.ofMinutes(15).toNanos();
        refused.record(stranger("192.0.2.1"));
        assertThat(entries()).hasSize(2);
        assertThat(entries().get(1).detail()).endsWith("and 4 more requests before");
    }

    @Test
    void othersHaveEntriesOfTheirOwnButNotOtherAddressesOfANetwork() {
        refused.record(stranger("[2001:db8::1]"));
        refused.record(stranger("[2001:db8::2]"));
        refused.record(stranger("192.0.2.1"));
        refused.record(new Caller(Principal.parse("user:1"), "ada", null, new Origin("192.0.2.1", "request-1")));
        assertThat(entries())
                .extracting(AuditEntry::actor)
                .containsExactly("system:anonymous", "system:anonymous", "user:1");
    }

    @Test
    void sourcesWithoutEndShareAnEntry() {
        for (int i = 0; i < 5_000; i++) {
            refused.record(stranger("source-" + i));
        }
        assertThat(entries()).hasSize(1_001);
        now += Duration.ofMinutes(15).toNanos();
        refused.record(stranger("source-4999"));
        assertThat(entries()).hasSize(1_002);
    }

    @Test
    void whatCannotBeRecordedIsRefusedAllTheSame() {
        memory.audit.full = true;
        assertThatCode(() -> refused.record(stranger("192.0.2.1"))).doesNotThrowAnyException();
    }

    @Test
    void theApiRecordsWhomItRefuses() {
        try (TestServer server =
                new TestServer(Map.of("freehold.rate.limit.requests", "1", "freehold.rate.limit.anonymous", "1"))) {
            for (int i = 0; i < 3; i++) {
                server.get("/api/v1/roles");
                server.send(server.open("/api/v1/setup"));
            }
            assertThat(server.memory.audit.entries)
                    .filteredOn(entry -> entry.action().equals("api.limit"))
                    .hasSize(2)
                    .extracting(AuditEntry::actor)
                    .contains("system:anonymous");
        }
    }
}
