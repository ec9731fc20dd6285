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

/** Decides where a run is saved. */
final class Destination {
    /** Saves nothing. */
    static final String NONE = "none";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Destination() {}

    /**
     * The folder for a run, found to be writable; nothing is made yet.
     *
     * @param asked what the user said, or null
     * @param here the folder that the user is in
     * @param now when the run begins
     * @return empty when nothing is to be saved
     * @throws org.fabricmark.results.format.RunFolderException if it cannot be written or has something in it
     */
    static Optional<RunFolder> prepare(String asked, Path here, Instant now) throws IOException {
        if (NONE.equals(asked)) {
            return Optional.empty();
        }
        if (asked == null) {
            return Optional.of(RunFolder.prepare(unused(usual(here, now))));
        }
        try {
            return Optional.of(RunFolder.prepare(Path.of(asked)));
        } catch (InvalidPathException malformed) {
            throw new Misuse("--out '" + asked + "': not a path: " + malformed.getReason());
        }
    }

    /** {@code results/runs/<time>-<commit>} in a checkout, elsewhere {@code fabricmark-results/<time>}. */
    static Path usual(Path here, Instant now) throws IOException {
        Optional<Checkout> checkout = Checkout.around(here);
        if (checkout.isEmpty()) {
            return Path.of("fabricmark-results", TIME.format(now));
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
