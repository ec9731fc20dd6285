package org.fabricmark.bench.harness;

/**
 * Decides when a case is warm: when the compiler has been quiet and the median steady for the last {@value #ROUNDS} rounds.
 *
 * <p>Thread rule: one thread.
 */
public final class SteadyState {
    private static final int ROUNDS = 3;

    /** Largest over smallest median of the last rounds. */
    private static final double SPREAD = 1.05;

    private final double[] medians = new double[ROUNDS];
    private final long[] compileTimes = new long[ROUNDS];
    private int rounds;

    /** Nothing has been measured yet. */
    public SteadyState() {}

    /**
     * A warm-up round is over.
     *
     * @param median time of a call in it, in any unit
     * @param compileMillis what the compiler has worked so far
     */
    public void add(double median, long compileMillis) {
        medians[rounds % ROUNDS] = median;
        compileTimes[rounds % ROUNDS] = compileMillis;
        rounds++;
    }

    /** Whether more rounds would change nothing. */
    public boolean reached() {
        if (rounds < ROUNDS) {
            return false;
        }
        double smallest = Double.MAX_VALUE;
        double largest = 0;
        for (double median : medians) {
            smallest = Math.min(smallest, median);
            largest = Math.max(largest, median);
        }
        boolean quiet = compileTimes[0] == compileTimes[1] && compileTimes[1] == compileTimes[2];
        return quiet && largest <= smallest * SPREAD;
    }
}
