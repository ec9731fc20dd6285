package org.fabricmark.results.report;

import java.util.List;

import org.fabricmark.results.model.StoredRun;
import org.fabricmark.results.select.Cell;

/**
 * Names for runs that are shown side by side: letters, and a table of the report says which is which.
 *
 * @param names the runs' own names, in their order
 */
record RunNames(List<String> names) {
    private static final int LETTERS = 26;

    RunNames {
        names = List.copyOf(names);
    }

    static RunNames of(List<StoredRun> runs) {
        return new RunNames(runs.stream().map(StoredRun::name).toList());
    }

    /** {@code A} to {@code Z}, then {@code R27} and so on. */
    static String letter(int run) {
        return run < LETTERS ? Character.toString('A' + run) : "R" + (run + 1);
    }

    /** A comma and the letter of the cell's run, to be put behind what it is called; empty if there is only one run. */
    String suffix(Cell cell) {
        return names.size() > 1 ? ", " + letter(names.indexOf(cell.run().name())) : "";
    }
}
