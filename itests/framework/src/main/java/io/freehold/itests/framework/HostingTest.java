package io.freehold.itests.framework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.freehold.api.PageRequest;
import io.freehold.api.audit.AuditLog;
import io.freehold.api.audit.AuditQuery;
import io.freehold.api.backend.BackendService;
import io.freehold.api.backend.NewBackend;
import io.freehold.api.instance.InstanceService;
import io.freehold.api.instance.InstanceStreams;
import io.freehold.api.instance.Kind;
import io.freehold.api.instance.NewInstance;
import io.freehold.api.instance.Resources;
import io.freehold.api.instance.State;
import io.freehold.api.security.Caller;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleContext;
import org.osgi.test.common.annotation.InjectBundleContext;

/** Hosting on a real Docker engine, through the services that plugins use. */
class HostingTest {
    @InjectBundleContext
    BundleContext context;

    private String engine = "";
    private House house;

    @BeforeEach
    void findTheEngine() {
        house = new House(context);
        engine = String.valueOf(context.getProperty("freehold.test.docker"));
        assumeTrue(engine.contains("://"), "Skipped: freehold.test.docker names no Docker engine");
    }

    @Test
    void aContainerLivesItsWholeLifeAndEveryStepIsAudited() throws Exception {
        Caller caller = house.administrator();
        UUID backend = house.service(BackendService.class)
                .create(caller, new NewBackend("docker", "engine-" + UUID.randomUUID(), Map.of("url", engine)))
                .id();
        InstanceService instances = house.service(InstanceService.class);

        UUID id = house.done(caller, instances.create(caller, container(backend), null));

        assertThat(instances.get(caller, id).state()).isEqualTo(State.RUNNING);
        InstanceStreams streams = house.service(InstanceStreams.class);
        await().until(() -> streams.logs(caller, id, 10).stream()
                .anyMatch(line -> line.text().equals("hello from inside")));
        house.done(caller, instances.act(caller, id, "stop", Map.of("timeoutSeconds", 0), null));
        assertThat(instances.get(caller, id).state()).isNotEqualTo(State.RUNNING);
        house.done(caller, instances.delete(caller, id, null));

        AuditLog audit = house.service(AuditLog.class);
        AuditQuery ofInstance =
                new AuditQuery(null, "instance.*", "instances/" + id, null, null, null, PageRequest.first());
        assertThat(audit.list(caller, ofInstance).items().stream().map(entry -> entry.action()))
                .contains("instance.create", "instance.stop", "instance.delete");
        assertThat(audit.verify(caller).ok()).isTrue();
        house.service(BackendService.class).delete(caller, backend);
    }

    private NewInstance container(UUID backend) {
        return new NewInstance(
                backend,
                "freehold-itf-" + UUID.randomUUID(),
                Kind.CONTAINER,
                String.valueOf(context.getProperty("freehold.test.image")),
                null,
                Resources.UNLIMITED,
                List.of(),
                Map.of(),
                Map.of(),
                Map.of("command", List.of("sh", "-c", "echo hello from inside; exec sleep 600")),
                true);
    }
}
