package io.freehold.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.freehold.api.audit.AuditEntry;
import io.freehold.api.audit.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RevocationsTest {
    private final List<String> rechecks = new ArrayList<>();
    private String current = "";
    private final Revocations revocations = new Revocations(() -> rechecks.add(current));

    private void record(String action, Outcome outcome) {
        current = action;
        revocations.recorded(
                new AuditEntry(1, Instant.EPOCH, "user:x", "ada", action, "", outcome, "", "", "", "", ""));
    }

    @Test
    void whatTakesSomethingFromSomebodyIsNoticed() {
        List<String> actions = List.of(
                "auth.logout",
                "auth.password",
                "auth.session-end",
                "user.disable",
                "user.sessions-end",
                "user.password-reset",
                "totp.remove",
                "api-token.delete",
                "role-binding.delete");
        actions.forEach(action -> record(action, Outcome.SUCCESS));
        record("auth.replay", Outcome.DENIED);
        assertThat(rechecks).hasSize(actions.size() + 1).containsAll(actions).contains("auth.replay");
    }

    @Test
    void whatIsRefusedOrTakesNothingIsNot() {
        record("auth.logout", Outcome.DENIED);
        record("user.disable", Outcome.FAILURE);
        for (String action : List.of("auth.login", "auth.refresh", "instance.start", "users", "")) {
            record(action, Outcome.SUCCESS);
        }
        assertThat(rechecks).isEmpty();
    }
}
