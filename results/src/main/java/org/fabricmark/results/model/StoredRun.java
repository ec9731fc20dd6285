package org.fabricmark.results.model;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A run as comparisons and reports see it: its numbers, and its samples when they are asked for.
 *
 * @param name what to call it where several are shown: the folder as the user named it
 * @param run the numbers and their surroundings
 * @param samples what the numbers were computed from
 */
public record StoredRun(String name, Run run, SampleSource samples) {
    /** Refuses missing parts. */
    public StoredRun {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(run, "run");
        Objects.requireNonNull(samples, "samples");
    }

    /** A run without samples. */
    public static StoredRun of(String name, Run run) {
        return new StoredRun(name, run, SampleSource.NONE);
    }

    /** A run with samples that are in memory. */
    public static StoredRun of(String name, Run run, Map<CaseKey, List<Launch>> samples) {
        return new StoredRun(name, run, SampleSource.of(samples));
    }

    /** The launches of one case; empty if its samples were not kept. */
    public List<Launch> launches(CaseResult cell) {
        return samples.launches(cell.key());
    }
}
