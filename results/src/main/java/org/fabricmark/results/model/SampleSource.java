package org.fabricmark.results.model;

import java.util.List;
import java.util.Map;

/**
 * The samples of a run, read when somebody asks: they are a hundred times as many bytes as the numbers. The first
 * question may read a file; the answers stay.
 */
@FunctionalInterface
public interface SampleSource {
    /** A run whose samples were not kept, as of an imported table. */
    SampleSource NONE = cell -> List.of();

    /**
     * The launches of one case in their order; empty if its samples were not kept.
     *
     * @throws org.fabricmark.results.format.RunFormatException if the file that has them cannot be read, in one line
     */
    List<Launch> launches(CaseKey cell);

    /** Samples that are in memory. */
    static SampleSource of(Map<CaseKey, List<Launch>> samples) {
        Map<CaseKey, List<Launch>> copy = Map.copyOf(samples);
        return cell -> copy.getOrDefault(cell, List.of());
    }
}
