package io.freehold.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Measures everything once and writes {@code bench.md} and {@code bench.json}.
 *
 * <p>Arguments: the unpacked distribution, an empty folder to work in, the engine's socket, an image with
 * {@code sleep}, {@code short} or {@code long}, and the example plugin, which may be missing. Ends with 1 if, in the short form, a ratio is more than
 * three times its bar: a gross regression that no noisy machine explains.
 */
final class Bench {
    private static final double GROSS = 3;

    private Bench() {}

    public static void main(String[] args) throws Exception {
        Path home = Path.of(args[0]);
        Path work = Path.of(args[1]);
        boolean brief = args[4].equals("short");
        List<Ratio> ratios = new ArrayList<>();
        try (Engine engine = new Engine(Path.of(args[2]), args[3])) {
            Path data = work.resolve("data");
            String backend;
            try (Freehold freehold = Freehold.start(home, data)) {
                backend = freehold.setUp(engine.socket());
            }
            ratios.addAll(boots(home, data, brief ? 3 : 9));
            try (Freehold freehold = Freehold.start(home, data)) {
                ratios.add(Calls.measure(freehold, "/api/v1/instances?limit=1", brief ? 5_000 : 20_000, brief ? 3 : 9));
                ratios.add(Lifecycle.measure(freehold, backend, engine, brief ? 5 : 25));
                ratios.add(Events.measure(freehold, engine, brief ? 5 : 20));
                Path plugin = Path.of(args[5]);
                if (Files.exists(plugin)) {
                    ratios.addAll(Plugins.measure(freehold, engine, freehold.deploy(), plugin, brief ? 5 : 25));
                }
                if (!brief) {
                    ratios.addAll(SignInStorm.measure(freehold, 15, 4));
                }
                ratios.add(Lists.measure(freehold, engine, brief ? 200 : 1_000, brief ? 21 : 101));
            }
        }
        String table = table(ratios);
        System.out.println(table);
        Files.writeString(work.resolve("bench.md"), table);
        Freehold.JSON
                .writerWithDefaultPrettyPrinter()
                .writeValue(work.resolve("bench.json").toFile(), Map.of("ratios", ratios));
        if (brief && ratios.stream().anyMatch(ratio -> ratio.hasRival() && ratio.value() > GROSS * ratio.limit())) {
            System.out.println("A ratio is more than three times its bar.");
            System.exit(1);
        }
    }

    private static List<Ratio> boots(Path home, Path data, int rounds) throws IOException, InterruptedException {
        double[] wall = new double[rounds];
        double[] cpu = new double[rounds];
        double[] memory = new double[rounds];
        for (int i = 0; i < rounds; i++) {
            try (Freehold freehold = Freehold.start(home, data)) {
                wall[i] = freehold.bootMillis();
                cpu[i] = freehold.usage().cpuSeconds();
                for (int signIn = 0; signIn < 10; signIn++) {
                    freehold.signIn().close();
                }
                memory[i] = freehold.usage().pssMebibytes();
            }
        }
        return List.of(
                new Ratio("boot, warm, to /readyz", "ms", Ratio.median(wall), 0, "≤ 2,000 ms idle", 2_000, ""),
                new Ratio("boot, processor time", "s", Ratio.median(cpu), 0, "≤ 3 s", 3, "all threads"),
                new Ratio(
                        "memory (PSS) after ten sign-ins",
                        "MiB",
                        Ratio.median(memory),
                        0,
                        "≤ 190 MiB",
                        190,
                        "one backend connected"));
    }

    private static String table(List<Ratio> ratios) {
        StringBuilder table = new StringBuilder();
        table.append("| what | Freehold | rival | ratio | bar | met | |\n|---|---:|---:|---:|---|---|---|\n");
        for (Ratio ratio : ratios) {
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %.2f %s | %s | %s | %s | %s | %s |%n",
                    ratio.what(),
                    ratio.freehold(),
                    ratio.unit(),
                    !ratio.hasRival() ? "–" : String.format(Locale.ROOT, "%.2f %s", ratio.rival(), ratio.unit()),
                    !ratio.hasRival() ? "–" : String.format(Locale.ROOT, "%.3f×", ratio.value()),
                    ratio.bar(),
                    ratio.met() ? "yes" : "no",
                    ratio.note()));
        }
        return table.toString();
    }
}
