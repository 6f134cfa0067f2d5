package io.freehold.core;

import static io.freehold.core.Refusals.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.freehold.api.ErrorCode;
import io.freehold.api.PageRequest;
import io.freehold.api.admission.AdmissionPolicies;
import io.freehold.api.admission.AdmissionPolicy;
import io.freehold.api.backend.Health;
import io.freehold.api.backend.NewBackend;
import io.freehold.api.instance.Instance;
import io.freehold.api.instance.NewInstance;
import io.freehold.api.instance.Resources;
import io.freehold.api.operation.Operation;
import io.freehold.api.operation.OperationQuery;
import io.freehold.api.operation.OperationStatus;
import io.freehold.api.project.Quotas;
import io.freehold.api.provider.ProviderException;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Permissions;
import io.freehold.api.security.Scope;
import io.freehold.provider.testkit.FakeCall;
import io.freehold.provider.testkit.FakeProvider;
import io.freehold.provider.testkit.Gate;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every statement of the core once on PostgreSQL, in a schema of its own. */
class PostgresTest {
    private final String schema = "core_" + UUID.randomUUID().toString().replace('-', '_');
    private String url = "";

    @BeforeEach
    void createSchema() throws SQLException {
        url = System.getProperty("freehold.test.postgres", "");
        assumeTrue(!url.isEmpty(), "Skipped: set freehold.test.postgres to a JDBC URL of a PostgreSQL server.");
        execute("CREATE SCHEMA " + schema);
    }

    @AfterEach
    void dropSchema() throws SQLException {
        if (!url.isEmpty()) {
            execute("DROP SCHEMA " + schema + " CASCADE");
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void everythingIsStoredFoundRecoveredAndDeleted() throws Exception {
        String own = url + (url.contains("?") ? "&" : "?") + "currentSchema=" + schema;
        House house = new House(own, new FakeProvider(), House.QUICK);
        UUID backend = house.addBackend().id();
        Instance web = house.create(backend, "web", true);
        house.engine().failNext(FakeCall.STOP, new ProviderException(ErrorCode.CONFLICT, "Not now."));
        Operation failed = house.end(house.act(web, "stop"));
        UUID project = house.registry.project(new Quotas(2L, 1L << 30, null, null, null, null));
        NewInstance plain = house.wanted(backend, "counted", false);
        NewInstance counted = new NewInstance(
                backend,
                plain.name(),
                plain.kind(),
                plain.template(),
                project,
                new Resources(0.5, 1L << 20, null),
                List.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                false);
        house.end(house.instances().create(house.admin, counted, null));
        assertThat(house.instances().move(house.admin, web.id(), null).projectId())
                .isNull();
        Caller user = house.grants.somebody("user", Scope.instance(web.id()), Permissions.INSTANCE_READ);
        OperationQuery stops = new OperationQuery(web.id(), OperationStatus.FAILED, "stop", PageRequest.first());
        assertThat(house.operations().list(house.admin, stops).items()).containsExactly(failed);
        assertThat(house.operations().list(user, stops).items()).containsExactly(failed);
        AdmissionPolicies policies = house.core.services().policies();
        AdmissionPolicy nothing = AdmissionPolicy.DEFAULT;
        long first = policies.set(house.admin, Scope.ROOT, nothing, 0).version();
        assertThat(refusal(() -> policies.set(house.admin, Scope.ROOT, nothing, 0))
                        .code())
                .isEqualTo(ErrorCode.STALE);
        AdmissionPolicies.SetPolicy second = policies.set(house.admin, Scope.ROOT, nothing, first);
        Gate gate = house.engine().holdAfterNext(FakeCall.CREATE);
        Operation creating = house.instances().create(house.admin, house.wanted(backend, "data", true), "key");
        assertThat(gate.awaitReached(Duration.ofSeconds(5))).isTrue();

        House next = house.crashAndRestart();

        try {
            assertThat(next.end(creating).status()).isEqualTo(OperationStatus.SUCCEEDED);
            await().until(() -> next.backend(backend).health().status() == Health.Status.UP);
            assertThat(next.core.services().policies().list(next.admin)).containsExactly(second);
            next.core.services().policies().remove(next.admin, Scope.ROOT);
            assertThat(next.list()).extracting(Instance::name).containsExactly("counted", "data", "web");
            assertThat(next.named("counted").projectId()).isEqualTo(project);
            assertThat(next.instances()
                            .move(next.admin, next.named("counted").id(), null)
                            .projectId())
                    .isNull();
            assertThat(next.instances().get(next.admin, web.id()).managed()).isTrue();
            assertThat(next.backends()
                            .update(next.admin, backend, new NewBackend("fake", "attic", Map.of()), 1)
                            .version())
                    .isEqualTo(2);
            next.end(next.instances().delete(next.admin, web.id(), "key"));
            next.backends().delete(next.admin, backend);
            assertThat(next.list()).isEmpty();
        } finally {
            next.close();
        }
    }
}
