package org.fabricmark.bench.cli;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Optional;
import org.fabricmark.results.model.Environment;

/** The build of this program, as it is stored with results. */
final class Build {
    private Build() {}

    /**
     * Version and commit. The commit is that of the checkout that this program's classes lie in, because the launcher builds
     * them anew when its sources change.
     */
    static Environment.Suite suite() throws IOException {
        Optional<Checkout> checkout = Checkout.around(classes());
        Optional<Boolean> dirty = checkout.isPresent() ? checkout.get().dirty() : Optional.empty();
        return new Environment.Suite(Optional.of(Version.current()), checkout.flatMap(Checkout::commit), dirty,
                checkout.flatMap(Checkout::branch));
    }

    private static Path classes() {
        try {
            return Path.of(Build.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
