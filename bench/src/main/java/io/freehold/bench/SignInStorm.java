package io.freehold.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/**
 * Ten thousand guesses of passwords a minute, on one account or each on another: what other calls have of them, and how
 * long the right password takes meanwhile. Each guess comes from an address of its own, which Freehold takes from a
 * header because it trusts this machine as a proxy.
 */
final class SignInStorm {
    private static final int GUESSES_A_MINUTE = 10_000;
    private static final int GUESSERS = 32;
    /** What the right password counts as where it is refused. */
    private static final long REFUSED = TimeUnit.MINUTES.toNanos(1);

    private SignInStorm() {}

    /** @param seconds how long each storm and each calm lasts */
    static List<Ratio> measure(Freehold freehold, int seconds, int rounds) throws IOException, InterruptedException {
        List<Ratio> ratios = new ArrayList<>();
        for (boolean spread : new boolean[] {false, true}) {
            LongStream.Builder calm = LongStream.builder();
            LongStream.Builder stormy = LongStream.builder();
            LongStream.Builder signIns = LongStream.builder();
            for (int i = 0; i < rounds; i++) {
                listing(freehold, seconds, calm, List.of());
                List<Meanwhile.Step> storm = new ArrayList<>();
                for (int guesser = 0; guesser < GUESSERS; guesser++) {
                    storm.add(guesser(freehold, spread, (i * GUESSERS + guesser) << 12));
                }
                storm.add(() -> {
                    try {
                        Meanwhile.timed(signIns, () -> freehold.signIn().close())
                                .run();
                    } catch (IOException e) {
                        signIns.add(REFUSED);
                    }
                    TimeUnit.MILLISECONDS.sleep(250);
                });
                listing(freehold, seconds, stormy, storm);
            }
            String storm =
                    GUESSES_A_MINUTE + " guesses a minute " + (spread ? "on as many accounts" : "on one account");
            ratios.add(new Ratio(
                    "p99 of other calls under " + storm,
                    "ms",
                    Ratio.p99Millis(stormy),
                    Ratio.p99Millis(calm),
                    "≤ 1.5× without",
                    1.5,
                    "one client lists instances, in turn"));
            ratios.add(new Ratio(
                    "the right password under " + storm, "ms", Ratio.p99Millis(signIns), 0, "p99 ≤ 1 s", 1_000, ""));
        }
        return ratios;
    }

    /** One client lists instances for so long, while others do what they do. */
    private static void listing(Freehold freehold, int seconds, LongStream.Builder nanos, List<Meanwhile.Step> others)
            throws IOException, InterruptedException {
        try (Http client = freehold.signIn();
                Meanwhile meanwhile = new Meanwhile()) {
            others.forEach(meanwhile::repeat);
            meanwhile.repeat(Meanwhile.timed(nanos, () -> client.expect(200, "/api/v1/instances")));
            TimeUnit.SECONDS.sleep(seconds);
        }
    }

    /** Guesses at an even pace, whatever the answers are; numbers from the given one on are not those of others. */
    private static Meanwhile.Step guesser(Freehold freehold, boolean spread, int from) throws IOException {
        Http http = freehold.connect();
        long pause = TimeUnit.MINUTES.toNanos(1) * GUESSERS / GUESSES_A_MINUTE;
        return new Meanwhile.Step() {
            private long next = System.nanoTime();
            private int number = from;

            @Override
            public void run() throws IOException, InterruptedException {
                TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
                next += pause;
                number++;
                String address = String.format(
                        Locale.ROOT, "10.%d.%d.%d", number >> 16 & 0xff, number >> 8 & 0xff, number & 0xff);
                String account = spread ? "account" + number : Freehold.USER;
                int status = http.call(
                                "POST",
                                "/api/v1/auth/login",
                                "X-Forwarded-For: " + address + "\r\n",
                                "{\"username\":\"%s\",\"password\":\"not the right password\"}".formatted(account))
                        .status();
                if (status != 401 && status != 429 && status != 503) {
                    throw new IOException("A guess was answered with " + status);
                }
            }
        };
    }
}
