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
     * them anew when its sources change. Whether there are changes that the commit does not have is left open: only Git could
     * tell.
     */
    static Environment.Suite suite() throws IOException {
        return new Environment.Suite(Optional.of(Version.current()),
                Checkout.around(classes()).flatMap(Checkout::commit), Optional.empty(), Optional.empty());
    }

    private static Path classes() {
        try {
            return Path.of(Build.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
