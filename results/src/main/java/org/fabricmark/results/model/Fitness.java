package org.fabricmark.results.model;

import java.util.List;

/**
 * Whether a machine is fit to measure.
 *
 * @param verdict {@link #FIT} or {@link #UNFIT}
 * @param reasons one line for each thing that disturbs, empty if nothing does; a fit machine may have some too
 */
public record Fitness(String verdict, List<String> reasons) {
    /** Differences between results are worth looking at. */
    public static final String FIT = "fit";
    /** Numbers of this machine say little. */
    public static final String UNFIT = "unfit";

    /** Copies the reasons and refuses another verdict. */
    public Fitness {
        if (!FIT.equals(verdict) && !UNFIT.equals(verdict)) {
            throw new IllegalArgumentException("verdict '" + verdict + "' is neither fit nor unfit");
        }
        reasons = reasons == null ? List.of() : List.copyOf(reasons);
    }

    /** Whether the machine is fit. */
    public boolean isFit() {
        return verdict.equals(FIT);
    }
}
