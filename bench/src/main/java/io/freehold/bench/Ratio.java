package io.freehold.bench;

import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * One measured comparison.
 *
 * @param what what was measured
 * @param unit of both figures
 * @param freehold Freehold's figure
 * @param rival the rival's figure in the same run; 0 where there is only a bar in absolute terms
 * @param bar what must hold, in words
 * @param limit the largest ratio, or without a rival the largest figure, that meets the bar
 * @param note what else should be known
 */
record Ratio(String what, String unit, double freehold, double rival, String bar, double limit, String note) {

    boolean hasRival() {
        return rival != 0;
    }

    double value() {
        return hasRival() ? freehold / rival : freehold;
    }

    boolean met() {
        return value() <= limit;
    }

    static double p99Millis(LongStream.Builder nanos) {
        long[] sorted = nanos.build().sorted().toArray();
        return sorted[(int) (sorted.length * 0.99)] / 1e6;
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
