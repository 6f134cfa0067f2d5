package io.freehold.rest.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WeakIdentityCacheTest {
    private record Thing(String name) {}

    @Test
    void theSameObjectIsMadeOnceAndAnEqualOneAnew() {
        AtomicInteger made = new AtomicInteger();
        WeakIdentityCache<Thing, Integer> cache = new WeakIdentityCache<>(thing -> made.incrementAndGet());
        Thing first = new Thing("a");
        Thing equal = new Thing("a");
        assertThat(cache.get(first)).isEqualTo(1);
        assertThat(cache.get(first)).isEqualTo(1);
        assertThat(cache.get(equal)).isEqualTo(2);
    }

    @Test
    void whatNobodyUsesIsForgotten() {
        WeakIdentityCache<Thing, String> cache = new WeakIdentityCache<>(Thing::name);
        List<Thing> things = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            things.add(new Thing("n" + i));
            assertThat(cache.get(things.get(i))).isEqualTo("n" + i);
        }
        assertThat(cache.size()).isEqualTo(1000);
        things.clear();
        await().until(() -> {
            System.gc();
            return cache.size() == 0;
        });
    }
}
