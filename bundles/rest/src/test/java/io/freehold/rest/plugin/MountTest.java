package io.freehold.rest.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freehold.rest.TestFramework;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceReference;

class MountTest {
    @TempDir
    Path folder;

    private final List<Integer> sizes = new CopyOnWriteArrayList<>();
    private TestFramework framework;
    private Mount mount;

    @BeforeEach
    void start() throws BundleException {
        framework = new TestFramework(folder, Map.of());
        mount = new Mount(framework.context().getBundle(), (bundle, offered) -> made(offered));
    }

    @AfterEach
    void stop() throws BundleException {
        framework.close();
    }

    private Mount.Made made(Map<ServiceReference<?>, Object> offered) {
        sizes.add(offered.size());
        return new Mount.Made(null, List.of("of " + offered.size()));
    }

    private void offer(Object service) {
        ServiceReference<?> reference =
                framework.context().registerService(Object.class, service, null).getReference();
        mount.change(offered -> offered.put(reference, service));
    }

    @Test
    void whatSeveralChangesComeToIsMadeOnceWhenSomebodyAsks() {
        assertThat(mount.made()).isEqualTo(Mount.Made.NOTHING);
        offer("a");
        offer("b");
        assertThat(sizes).isEmpty();
        assertThat(mount.made().complaints()).containsExactly("of 2");
        assertThat(mount.made().complaints()).containsExactly("of 2");
        assertThat(sizes).containsExactly(2);
        mount.change(Map::clear);
        assertThat(mount.made()).isEqualTo(Mount.Made.NOTHING);
        assertThat(mount.isEmpty()).isTrue();
    }

    @Test
    void aChangeNeverWaitsForWhatIsBeingMadeAndMakesItOutOfDate() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch changed = new CountDownLatch(1);
        mount = new Mount(framework.context().getBundle(), (bundle, offered) -> {
            begun.countDown();
            await().until(() -> changed.getCount() == 0);
            return made(offered);
        });
        offer("a");
        CompletableFuture<Mount.Made> asked = CompletableFuture.supplyAsync(mount::made);
        begun.await();
        offer("b");
        changed.countDown();
        assertThat(asked.get().complaints()).containsExactly("of 2");
        assertThat(sizes).containsExactly(1, 2);
    }
}
