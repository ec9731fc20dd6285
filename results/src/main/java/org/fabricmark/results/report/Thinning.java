package org.fabricmark.results.report;

/** Fewer values of a series with the same look: of each stretch, the smallest and the largest, in their order. */
final class Thinning {
    private Thinning() {}

    /** At most {@code most} values, which is at least 2, of {@code values}. */
    static double[] of(double[] values, int most) {
        if (values.length <= most) {
            return values;
        }
        int stretches = most / 2;
        double[] kept = new double[2 * stretches];
        for (int i = 0; i < stretches; i++) {
            int from = (int) ((long) values.length * i / stretches);
            int to = (int) ((long) values.length * (i + 1) / stretches);
            int low = from;
            int high = from;
            for (int k = from; k < to; k++) {
                low = values[k] < values[low] ? k : low;
                high = values[k] > values[high] ? k : high;
            }
            kept[2 * i] = values[Math.min(low, high)];
            kept[2 * i + 1] = values[Math.max(low, high)];
        }
        return kept;
    }
}
