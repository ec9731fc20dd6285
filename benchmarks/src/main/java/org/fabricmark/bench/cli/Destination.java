package org.fabricmark.bench.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.fabricmark.bench.cli.argument.Misuse;
import org.fabricmark.results.format.RunFolder;
import org.fabricmark.results.format.RunIndex;
import org.fabricmark.results.model.Run;
import org.fabricmark.results.model.SampleSource;

/**
 * Where a run is saved, and in which list of runs it is then found.
 *
 * @param folder the run's folder
 * @param results the results folder that it is in, whose index gets a line; empty for a folder anywhere else
 */
record Destination(RunFolder folder, Optional<Path> results) {
    /** Saves nothing. */
    static final String NONE = "none";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final String ELSEWHERE = "fabricmark-results";

    /**
     * The folder for a run, found to be writable; nothing is made yet.
     *
     * @param asked what the user said, or null
     * @param here the folder that the user is in
     * @param now when the run begins
     * @return empty when nothing is to be saved
     * @throws org.fabricmark.results.format.RunFolderException if it cannot be written or has something in it
     */
    static Optional<Destination> prepare(String asked, Path here, Instant now) throws IOException {
        if (NONE.equals(asked)) {
            return Optional.empty();
        }
        if (asked == null) {
            return Optional.of(at(unused(usual(here, now))));
        }
        try {
            return Optional.of(at(Path.of(asked)));
        } catch (InvalidPathException malformed) {
            throw new Misuse("--out '" + asked + "': not a path: " + malformed.getReason());
        }
    }

    private static Destination at(Path folder) throws IOException {
        return new Destination(RunFolder.prepare(folder), results(folder.toAbsolutePath().normalize()));
    }

    /** The results folder around a run's folder: that of a checkout, or the one that is made where there is none. */
    static Optional<Path> results(Path folder) throws IOException {
        Optional<Path> kept = Checkout.around(folder).map(checkout -> checkout.root().resolve("results"))
                .filter(results -> folder.startsWith(results.resolve("runs")));
        for (Path parent = folder.getParent(); kept.isEmpty() && parent != null; parent = parent.getParent()) {
            kept = parent.endsWith(ELSEWHERE) ? Optional.of(parent) : kept;
        }
        return kept;
    }

    /**
     * Saves a run.
     *
     * @return what went wrong beside it, in words: that the index could not be written loses nothing
     * @throws org.fabricmark.results.format.RunFolderException if the run cannot be saved
     */
    Optional<String> save(Run run, SampleSource samples) {
        folder.save(run, samples);
        if (results.isEmpty()) {
            return Optional.empty();
        }
        try {
            new RunIndex(results.get()).append(run, folder.path());
            return Optional.empty();
        } catch (IOException failure) {
            return Optional.of("the run is saved, but not in " + results.get().resolve(RunIndex.NAME) + ": "
                    + failure.getMessage());
        }
    }

    /** {@code results/runs/<time>-<commit>} in a checkout, elsewhere {@code fabricmark-results/<time>}. */
    static Path usual(Path here, Instant now) throws IOException {
        Optional<Checkout> checkout = Checkout.around(here);
        if (checkout.isEmpty()) {
            return Path.of(ELSEWHERE, TIME.format(now));
        }
        Path runs = here.toAbsolutePath().relativize(checkout.get().root().resolve("results").resolve("runs"));
        return runs.resolve(TIME.format(now) + checkout.get().shortCommit().map(commit -> "-" + commit).orElse(""));
    }

    /** Two runs may begin in one second. */
    private static Path unused(Path folder) {
        Path free = folder;
        for (int i = 2; Files.exists(free); i++) {
            free = folder.resolveSibling(folder.getFileName() + "-" + i);
        }
        return free;
    }
}
