package org.fabricmark.results.stats;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Corrects for looking at many cells at once, after Holm: whoever rejects where the adjusted p is at most 5 % is wrong anywhere
 * in at most 5 % of all families, however the cells depend on each other.
 */
public final class Holm {
    private Holm() {}

    /**
     * Adjusted p, in the order of {@code p}.
     *
     * @param p one for each cell of the family, from 0 to 1
     */
    public static double[] adjusted(double... p) {
        List<Integer> order =
                IntStream.range(0, p.length).boxed().sorted(Comparator.comparingDouble(i -> p[i])).toList();
        double[] adjusted = new double[p.length];
        double largest = 0;
        for (int i = 0; i < p.length; i++) {
            largest = Math.max(largest, Math.min(1, (p.length - i) * p[order.get(i)]));
            adjusted[order.get(i)] = largest;
        }
        return adjusted;
    }
}
