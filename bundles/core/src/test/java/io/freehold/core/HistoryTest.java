package io.freehold.core;

import static io.freehold.core.Refusals.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freehold.api.ErrorCode;
import io.freehold.api.instance.Instance;
import io.freehold.api.operation.Operation;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Permission;
import io.freehold.api.security.Permissions;
import io.freehold.api.security.Scope;
import io.freehold.api.storage.Sql;
import io.freehold.core.util.Timings;
import io.freehold.provider.testkit.FakeCall;
import io.freehold.provider.testkit.Gate;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How long operations and idempotency keys are kept. */
class HistoryTest extends CoreTest {
    Caller admin;

    @BeforeEach
    void rememberTheAdministrator() {
        admin = house.admin;
    }

    /** Freehold again, after so long. */
    private void later(Duration pause) {
        later(pause, House.QUICK);
    }

    private void later(Duration pause, Timings timings) {
        house.close();
        house = new House(house.url, house.provider, timings, Clock.offset(Clock.systemUTC(), pause), 1024);
        house.grants.grant(admin, Scope.ROOT, Permissions.ALL.toArray(new Permission[0]));
        await().until(() -> !house.list().get(0).stale());
    }

    private long stored() {
        return house.transactions.read(connection -> Sql.number(connection, "SELECT COUNT(*) FROM core_operations"));
    }

    @Test
    void operationsThatEndedThirtyDaysAgoAreForgottenAndNoOthers() throws Exception {
        Instance web = house.create(backend, "web", false);
        Operation old = house.end(house.act(web, "start"));

        later(Duration.ofDays(30).minusMinutes(1));
        assertThat(house.operations().get(house.admin, old.id())).isEqualTo(old);

        later(Duration.ofDays(30).plusMinutes(1));
        Gate gate = house.engine().holdNext(FakeCall.STOP);
        Operation running = house.act(web, "stop");
        reach(gate);
        await().until(() -> stored() == 1);
        assertThat(refusal(() -> house.operations().get(house.admin, old.id())).code())
                .isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(house.operations().get(house.admin, running.id()).status().ended())
                .isFalse();
        gate.release();
        house.end(running);
    }

    @Test
    void ofMoreThanTenThousandTheOldestAreForgottenOnceTheyAreADayOld() {
        Instance web = house.create(backend, "web", false);
        Operation newest = house.end(house.act(web, "start"));
        long hour = Duration.ofHours(1).toMillis();
        house.transactions.write(connection -> Sql.update(
                connection,
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 12000) INSERT INTO"
                        + " core_operations SELECT 'copy-' || i, action, backend_id, instance_id, project_id, status,"
                        + " progress, message, error_code, error_message, arguments, NULL, NULL, created_by,"
                        + " actor_name, source, request_id, created_at, started_at, ended_at - ? - i, revision"
                        + " FROM core_operations, n WHERE core_operations.id = ?",
                hour,
                newest.id()));
        assertThat(stored()).isGreaterThan(12_000);

        await().during(Duration.ofMillis(300)).until(() -> stored() > 12_000);
        later(Duration.ofHours(25));

        await().until(() -> stored() == 10_000);
        assertThat(house.operations().get(house.admin, newest.id())).isEqualTo(newest);
    }

    @Test
    void aKeyIsGoodForADayAndThenForAnotherRequest() {
        house.create(backend, "first", false);
        Operation first = house.end(house.instances().create(admin, house.wanted(backend, "web", false), "key"));

        later(Duration.ofHours(24).minusMinutes(1));
        assertThat(house.instances()
                        .create(admin, house.wanted(backend, "web", false), "key")
                        .id())
                .isEqualTo(first.id());

        later(Duration.ofHours(24).plusMinutes(1));
        await().until(() -> house.stored("idempotency_key", first.id()).equals("null"));
        Operation second = house.instances().create(admin, house.wanted(backend, "data", false), "key");
        assertThat(second.id()).isNotEqualTo(first.id());
        house.end(second);
    }

    @Test
    void aKeyIsGoodForADayAlsoWhereNobodyHasForgottenItYet() {
        Operation first = house.end(house.instances().create(admin, house.wanted(backend, "web", false), "key"));

        later(Duration.ofHours(25), unkept());
        Operation second = house.instances().create(admin, house.wanted(backend, "data", false), "key");

        assertThat(second.id()).isNotEqualTo(first.id());
        house.end(second);
    }

    private static Timings unkept() {
        Timings quick = House.QUICK;
        return new Timings(
                quick.connect(),
                quick.call(),
                quick.reconcile(),
                quick.poll(),
                quick.retry(),
                quick.retryLimit(),
                quick.availability(),
                quick.action(),
                quick.create(),
                quick.recovery(),
                quick.settle(),
                quick.firstSample(),
                quick.idle(),
                Duration.ofDays(1));
    }
}
