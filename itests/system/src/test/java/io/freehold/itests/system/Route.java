package io.freehold.itests.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/**
 * A line of {@code bin/freehold routes}.
 *
 * @param permission {@code -} for none
 * @param plugin {@code -} for Freehold itself
 */
record Route(String method, String kind, boolean open, String permission, String plugin, String path) {
    static Route parse(String line) {
        String[] columns = line.strip().split("\\s+");
        assertThat(columns).as(line).hasSize(6);
        return new Route(columns[0], columns[1], columns[2].equals("open"), columns[3], columns[4], columns[5]);
    }

    /** What the running Freehold says that it serves. */
    static List<Route> of(Freehold freehold) {
        Ended listed = freehold.command("routes");
        assertThat(listed.status()).as(listed.text()).isZero();
        return listed.lines().stream().skip(1).map(Route::parse).toList();
    }

    boolean ofPlugin() {
        return !plugin.equals("-");
    }
}
