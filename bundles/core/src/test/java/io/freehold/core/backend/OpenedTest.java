package io.freehold.core.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.freehold.api.form.Values;
import io.freehold.api.provider.BackendConfig;
import io.freehold.core.util.Workers;
import io.freehold.provider.testkit.FakeProvider;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OpenedTest {
    @Test
    void whatIsKeptOnABackendThatIsClosedAlreadyIsClosedAtOnce() {
        FakeProvider provider = new FakeProvider();
        try (Workers workers = new Workers("test", 4)) {
            Values values = provider.info().configuration().read(Map.of());
            Opened opened = new Opened(
                    provider.open(new BackendConfig(UUID.randomUUID(), "home", values)),
                    provider.info(),
                    getClass().getClassLoader(),
                    new Calls("home", workers));
            AtomicInteger ends = new AtomicInteger();
            opened.keep(ends::incrementAndGet);
            opened.close();
            assertThat(ends).hasValue(1);

            opened.keep(ends::incrementAndGet);

            assertThat(ends).hasValue(2);
        }
    }
}
