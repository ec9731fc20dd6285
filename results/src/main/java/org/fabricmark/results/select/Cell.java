package org.fabricmark.results.select;

import java.util.List;
import java.util.Objects;

import org.fabricmark.results.model.CaseKey;
import org.fabricmark.results.model.CaseResult;
import org.fabricmark.results.model.Labels;
import org.fabricmark.results.model.Launch;
import org.fabricmark.results.model.StoredRun;

/**
 * A result together with the run that it is of.
 *
 * @param run the run
 * @param result one of its cases
 */
public record Cell(StoredRun run, CaseResult result) {
    /** What a label says that is not known of a cell. */
    public static final String UNKNOWN = "-";

    /** Refuses missing parts. */
    public Cell {
        Objects.requireNonNull(run, "run");
        Objects.requireNonNull(result, "result");
    }

    /** All cells of these runs, in the order in which they were measured. */
    public static List<Cell> of(List<StoredRun> runs) {
        return runs.stream().flatMap(run -> run.run().cases().stream().map(result -> new Cell(run, result))).toList();
    }

    /** What was measured. */
    public CaseKey key() {
        return result.key();
    }

    /** What it was computed from; empty if that was not kept. */
    public List<Launch> launches() {
        return run.launches(result);
    }

    /**
     * What {@code label} says of this cell, or {@link #UNKNOWN}.
     *
     * @throws IllegalArgumentException if there is no such label
     */
    public String text(String label) {
        return Labels.text(run, result, label).orElse(UNKNOWN);
    }

    /** The run's name and the case's. */
    @Override
    public String toString() {
        return run.name() + ": " + result.key();
    }
}
