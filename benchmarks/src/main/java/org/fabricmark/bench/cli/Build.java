package org.fabricmark.bench.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.fabricmark.results.model.Environment;

/** The build of this program, as it is stored with results. */
final class Build {
    private Build() {}

    /**
     * Version and commit. Whether the checkout has changes that the commit does not have is left open: only Git could tell.
     *
     * @param here the folder that the user is in; outside a checkout the commit is unknown
     */
    static Environment.Suite suite(Path here) throws IOException {
        Optional<String> commit = Checkout.around(here).flatMap(Checkout::commit);
        return new Environment.Suite(Optional.of(Version.current()), commit, Optional.empty());
    }
}
