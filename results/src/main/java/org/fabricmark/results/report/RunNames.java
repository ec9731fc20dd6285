package org.fabricmark.results.report;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;

import org.fabricmark.results.model.StoredRun;

/** Names for runs that are shown side by side: letters, and a table of the report says which is which. */
final class RunNames {
    private static final int LETTERS = 26;

    private RunNames() {}

    /** {@code A} to {@code Z}, then {@code R27} and so on. */
    static String letter(int run) {
        return run < LETTERS ? Character.toString('A' + run) : "R" + (run + 1);
    }

    /**
     * The runs, called by as little of their folders' paths as tells them apart: a report is passed on, and where its maker
     * keeps files, often below a user's name, is nobody's business.
     */
    static List<StoredRun> withoutPaths(List<StoredRun> runs) {
        int longest = runs.stream().mapToInt(run -> Path.of(run.name()).normalize().getNameCount()).max().orElse(1);
        for (int parts = 1; parts < longest; parts++) {
            int kept = parts;
            List<String> names = runs.stream().map(run -> end(run, kept)).toList();
            if (new HashSet<>(names).size() == names.size()) {
                return runs.stream().map(run -> new StoredRun(end(run, kept), run.run(), run.samples())).toList();
            }
        }
        return runs.stream().map(run -> new StoredRun(end(run, longest), run.run(), run.samples())).toList();
    }

    /** A path that ends in no name, as the current folder, is called by the run's id. */
    private static String end(StoredRun run, int parts) {
        Path path = Path.of(run.name()).normalize();
        int count = path.getNameCount();
        String end = count == 0 ? "" : path.subpath(Math.max(0, count - parts), count).toString();
        return end.isEmpty() || end.equals("..") ? run.run().id() : end;
    }
}
