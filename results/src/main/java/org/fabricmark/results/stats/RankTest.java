package org.fabricmark.results.stats;

import java.util.Arrays;

import org.apache.commons.statistics.inference.MannWhitneyUTest;
import org.apache.commons.statistics.inference.WilcoxonSignedRankTest;

/** How probable a difference like this is where there is none: two-sided p of rank tests, exact where values differ. */
public final class RankTest {
    private RankTest() {}

    /** Of pairs, by Wilcoxon's signed ranks. 1 if all differences are 0. */
    public static double ofPairs(double... differences) {
        boolean same = Arrays.stream(differences).allMatch(difference -> difference == 0);
        return same ? 1 : WilcoxonSignedRankTest.withDefaults().test(differences).getPValue();
    }

    /** Of two samples, by Mann and Whitney. 1 if all values are the same. */
    public static double ofSamples(double[] first, double[] second) {
        boolean same = Arrays.stream(first).allMatch(value -> value == first[0])
                && Arrays.stream(second).allMatch(value -> value == first[0]);
        return same ? 1 : MannWhitneyUTest.withDefaults().test(first, second).getPValue();
    }
}
