package io.freehold.automation.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.freehold.api.alert.AlertEvent;
import io.freehold.api.audit.AuditEntry;
import io.freehold.api.audit.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DetectorTest {
    private final Detector detector = new Detector();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    private AuditEntry entry(
            String actor, String action, String resource, Outcome outcome, String source, String detail) {
        now = now.plusSeconds(1);
        return AlertHome.entry(now, actor, action, resource, outcome, source, detail);
    }

    private List<AlertEvent> failures(int count, String resource, String source) {
        List<AlertEvent> found = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            detector.of(entry("system:anonymous", "auth.login", resource, Outcome.DENIED, source, "wrong"))
                    .ifPresent(found::add);
        }
        return found;
    }

    @Test
    void tenFailedSignInsFromOneSourceAreGuessingOnceInAWhile() {
        assertThat(failures(9, "", "192.0.2.1")).isEmpty();
        assertThat(failures(30, "", "192.0.2.1")).containsExactly(AlertEvent.GUESSING);
        now = now.plus(Duration.ofMinutes(20));
        assertThat(failures(10, "", "192.0.2.1")).containsExactly(AlertEvent.GUESSING);
    }

    @Test
    void tenFailedSignInsOnOneAccountFromManySourcesAreGuessing() {
        List<AlertEvent> found = new ArrayList<>();
        for (int i = 1; i <= 10; i++) {
            found.addAll(failures(1, "users/1", "192.0.2." + i));
        }
        assertThat(found).containsExactly(AlertEvent.GUESSING);
    }

    @Test
    void failuresThatAreFarApartAreNotGuessing() {
        for (int i = 0; i < 30; i++) {
            now = now.plus(Duration.ofMinutes(2));
            assertThat(failures(1, "users/1", "192.0.2.1")).isEmpty();
        }
    }

    @Test
    void whatWasBeyondALimitIsGuessingAtOnce() {
        assertThat(detector.of(
                        entry("system:anonymous", "auth.login", "", Outcome.DENIED, "192.0.2.1", "too many attempts")))
                .contains(AlertEvent.GUESSING);
    }

    @Test
    void whateverSecretIsTriedItIsGuessing() {
        for (String action : List.of("auth.password", "auth.token", "totp.remove", "setup.complete")) {
            String source = "source of " + action;
            List<AlertEvent> found = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                detector.of(entry("user:1", action, "", Outcome.DENIED, source, "wrong"))
                        .ifPresent(found::add);
            }
            assertThat(found).as(action).containsExactly(AlertEvent.GUESSING);
            assertThat(detector.of(
                            entry("user:1", action, "", Outcome.DENIED, "beyond " + source, "too many attempts")))
                    .as(action)
                    .contains(AlertEvent.GUESSING);
        }
    }

    @Test
    void anEntryThatStandsForManyCountsAsThatMany() {
        String more = ", and 19 more like it before";
        assertThat(detector.of(entry("user:1", "instance.start", "instances/1", Outcome.DENIED, "x", "not permitted")))
                .isEmpty();
        assertThat(detector.of(
                        entry("user:1", "instance.start", "instances/1", Outcome.DENIED, "x", "not permitted" + more)))
                .contains(AlertEvent.MASS_DENIAL);
        assertThat(detector.of(
                        entry("system:anonymous", "auth.token", "", Outcome.DENIED, "y", "unknown API token" + more)))
                .contains(AlertEvent.GUESSING);
    }

    @Test
    void singleEventsAreFound() {
        assertThat(detector.of(
                        entry("user:1", "auth.login", "users/1", Outcome.SUCCESS, "192.0.2.1", "from a new place")))
                .contains(AlertEvent.NEW_PLACE);
        assertThat(detector.of(entry("user:1", "auth.login", "users/1", Outcome.SUCCESS, "192.0.2.1", "")))
                .isEmpty();
        assertThat(detector.of(entry("user:1", "auth.replay", "sessions/1", Outcome.DENIED, "192.0.2.1", "")))
                .contains(AlertEvent.TOKEN_REPLAY);
        assertThat(detector.of(entry("system:core", "audit.verify", "audit", Outcome.FAILURE, "local", "Entry 3")))
                .contains(AlertEvent.AUDIT_TAMPERING);
        assertThat(detector.of(entry(
                        "user:1",
                        "role-binding.create",
                        "role-bindings/1",
                        Outcome.SUCCESS,
                        "x",
                        "administrator to user:2 at /")))
                .contains(AlertEvent.PRIVILEGE_CHANGE);
        assertThat(detector.of(entry("user:1", "role.update", "roles/1", Outcome.SUCCESS, "x", "")))
                .contains(AlertEvent.PRIVILEGE_CHANGE);
    }

    @Test
    void everyWayToPrivilegesIsAChangeOfThem() {
        String role = "5f9c0d0e-0000-7000-8000-000000000001";
        assertThat(detector.of(entry(
                        "user:1", "role-binding.create", "role-bindings/1", Outcome.SUCCESS, "x", role + " to user:2")))
                .contains(AlertEvent.PRIVILEGE_CHANGE);
        for (String detail : List.of("user:2 joins", "user:2 leaves", "club, 3 members; joins: 2, leaves: 1")) {
            assertThat(detector.of(entry("user:1", "group.update", "groups/1", Outcome.SUCCESS, "x", detail)))
                    .as(detail)
                    .contains(AlertEvent.PRIVILEGE_CHANGE);
        }
        assertThat(detector.of(entry("user:1", "group.update", "groups/1", Outcome.SUCCESS, "x", "club, 3 members")))
                .isEmpty();
        assertThat(detector.of(entry("user:1", "group.update", "groups/1", Outcome.DENIED, "x", "user:2 joins")))
                .isEmpty();
    }

    @Test
    void manyDenialsOfOneCallerAreMassDenial() {
        List<AlertEvent> found = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            detector.of(entry("user:1", "instance.read", "instances/" + i, Outcome.DENIED, "192.0.2.1", ""))
                    .ifPresent(found::add);
        }
        assertThat(found).containsExactly(AlertEvent.MASS_DENIAL);
    }
}
