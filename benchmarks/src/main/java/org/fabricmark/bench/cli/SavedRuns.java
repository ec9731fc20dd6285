package org.fabricmark.bench.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.fabricmark.bench.cli.argument.Misuse;
import org.fabricmark.results.format.RunFolder;
import org.fabricmark.results.model.StoredRun;

/** Reads the runs that a user has named. */
final class SavedRuns {
    private SavedRuns() {}

    /**
     * The runs of these folders, each of which has cases.
     *
     * @throws Misuse if one is named twice, has no cases, or cannot be read
     */
    static List<StoredRun> read(List<Path> folders) {
        List<StoredRun> runs = new ArrayList<>();
        for (Path folder : folders) {
            if (folders.indexOf(folder) != folders.lastIndexOf(folder)) {
                throw new Misuse("RUN '" + folder + "' is given twice");
            }
            runs.add(read(folder));
        }
        return List.copyOf(runs);
    }

    private static StoredRun read(Path folder) {
        try {
            StoredRun run = RunFolder.read(folder);
            if (run.run().cases().isEmpty()) {
                throw new Misuse("the run in '" + folder + "' has no cases");
            }
            return run;
        } catch (IOException failure) {
            Misuse misuse = new Misuse("cannot read the run in '" + folder + "': " + reason(failure));
            misuse.initCause(failure);
            throw misuse;
        }
    }

    /** What went wrong with a file, in words. */
    static String reason(IOException failure) {
        return failure instanceof AccessDeniedException ? "permission denied" : failure.toString();
    }
}
