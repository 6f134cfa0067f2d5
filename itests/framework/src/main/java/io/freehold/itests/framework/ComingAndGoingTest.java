package io.freehold.itests.framework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.freehold.api.backend.BackendService;
import io.freehold.api.backend.Health;
import io.freehold.api.backend.NewBackend;
import io.freehold.api.instance.Instance;
import io.freehold.api.instance.InstanceQuery;
import io.freehold.api.instance.InstanceService;
import io.freehold.api.provider.Provider;
import io.freehold.api.security.Authenticator;
import io.freehold.api.security.Caller;
import io.freehold.provider.testkit.FakeProvider;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.test.common.annotation.InjectBundleContext;

/** Bundles and providers that stop and start while everything else runs. */
class ComingAndGoingTest {
    @InjectBundleContext
    BundleContext context;

    private House house;

    @BeforeEach
    void lookAtTheHouse() {
        house = new House(context);
    }

    @Test
    void withoutTheSecurityBundleNothingIsServedAndWithItServingGoesOn() throws Exception {
        Bundle security = house.bundle("io.freehold.security");
        URI before = URI.create(house.address() + "/healthz");
        assertThat(status(before)).isEqualTo(200);

        security.stop();

        assertThatThrownBy(() -> status(before)).isInstanceOf(ConnectException.class);
        assertThat(house.offers(Authenticator.class)).isFalse();
        assertThat(house.offers(InstanceService.class)).isFalse();
        assertThat(house.addressNow()).isEmpty();

        security.start();

        assertThat(status(URI.create(house.address() + "/readyz"))).isEqualTo(200);
    }

    @Test
    void aProviderThatGoesLeavesItsInstancesReadableAndOneThatComesBackRefreshesThem() throws Exception {
        Caller caller = house.administrator();
        FakeProvider provider = new FakeProvider("coming-and-going");
        provider.engine().add("one");
        ServiceRegistration<Provider> registration = context.registerService(Provider.class, provider, null);
        BackendService backends = house.service(BackendService.class);
        await().until(() -> backends.providers(caller).stream()
                .anyMatch(installed -> installed.info().id().equals("coming-and-going")));
        UUID backend = backends.create(caller, new NewBackend("coming-and-going", "fake", Map.of()))
                .id();
        await().until(() -> !instances(caller, backend).isEmpty());

        registration.unregister();

        await().until(() -> backends.get(caller, backend).health().status() == Health.Status.NO_PROVIDER);
        Instance stale = instances(caller, backend).get(0);
        assertThat(stale.stale()).isTrue();
        assertThat(stale.name()).isEqualTo("one");

        context.registerService(Provider.class, provider, null);

        await().atMost(Duration.ofSeconds(20))
                .until(() -> !instances(caller, backend).get(0).stale());
        assertThat(instances(caller, backend).get(0).id()).isEqualTo(stale.id());
        backends.delete(caller, backend);
    }

    private List<Instance> instances(Caller caller, UUID backend) {
        return house.service(InstanceService.class).list(caller, InstanceQuery.all()).items().stream()
                .filter(instance -> instance.backendId().equals(backend))
                .toList();
    }

    private static int status(URI address) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(5)).build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }
}
