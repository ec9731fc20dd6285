package org.fabricmark.bench.harness;

import org.fabricmark.results.model.CaseResult;
import org.fabricmark.results.model.Launch;

/**
 * Hears of a sweep as it goes.
 *
 * <p>Thread rule: {@link #started} on the thread that runs the sweep, {@link #rankSaid} on any thread at any time, the others on
 * the thread of rank 0, one after the other, while no case is being timed. An exception of the listener ends the sweep.
 */
public interface SweepListener {
    /**
     * The sweep begins.
     *
     * @param cases how many results will come; 0 when the sweep runs until stopped
     */
    void started(int cases);

    /** A table begins: its rows follow, in the order in which the cases were given. */
    void tableStarted(TableFacts facts);

    /**
     * A row is measured.
     *
     * @param launch its samples; number 0, whatever the repetition
     */
    void caseFinished(CaseResult result, CaseNotes notes, Launch launch);

    /** What is being done now, in a few words, for a progress line. */
    void progress(String what);

    /** A rank that is a process has printed a line. Must not throw. */
    void rankSaid(int rank, String line);
}
