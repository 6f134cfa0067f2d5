package io.freehold.core.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.freehold.api.FreeholdException;
import io.freehold.api.admission.Demand;
import io.freehold.api.admission.Demand.HostFolder;
import io.freehold.api.form.Values;
import io.freehold.api.instance.Kind;
import io.freehold.api.instance.Resources;
import io.freehold.api.provider.Backend;
import io.freehold.api.provider.BackendConfig;
import io.freehold.api.provider.InstanceSpec;
import io.freehold.api.provider.Provisioning;
import io.freehold.core.operation.Steps;
import io.freehold.provider.testkit.FakeProvider;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Nothing is made that did not pass the check, and nothing more than passed it. */
class AdmittedTest {
    private final FakeProvider provider = new FakeProvider();
    private final InstanceSpec spec = new InstanceSpec(
            "token",
            "name",
            Kind.CONTAINER,
            "fake/echo",
            Resources.UNLIMITED,
            List.of(),
            Map.of(),
            Map.of(),
            Values.empty());

    @Test
    void whatWasAdmittedIsAskedForAgainRightBeforeItIsMade() {
        try (Backend backend = provider.open(new BackendConfig(UUID.randomUUID(), "home", Values.empty()))) {
            Provisioning provisioning = backend.capability(Provisioning.class).orElseThrow();
            provider.engine().demandAlways(HostFolder.of("/srv", true));
            Admitted admitted = new Admitted(spec, List.of(HostFolder.of("/srv", true), new Demand.NamedVolume("x")));
            assertThat(admitted.checked(provisioning)).isEqualTo(spec);

            provider.engine().demandAlways(new Demand.Privileged());
            FreeholdException e = catchThrowableOfType(FreeholdException.class, () -> admitted.checked(provisioning));
            assertThat(e.reason()).isEqualTo("ADMISSION_CHANGED");
        }
    }

    @Test
    void cve2026x44849NoWayToMakeSomethingGoesRoundTheCheck() {
        assertThat(Admitted.class.getConstructors()).isEmpty();
        assertThat(Steps.class.getMethods())
                .as("whatever makes or changes an instance takes what was admitted")
                .allSatisfy(method -> assertThat(method.getParameterTypes()).doesNotContain(InstanceSpec.class));
        assertThat(Arrays.stream(Provisioning.class.getMethods())
                        .filter(method ->
                                Arrays.asList(method.getParameterTypes()).contains(InstanceSpec.class))
                        .map(Method::getName))
                .as("another method that takes a specification must take it from Admitted.checked, too")
                .containsExactlyInAnyOrder("demands", "create");
    }
}
