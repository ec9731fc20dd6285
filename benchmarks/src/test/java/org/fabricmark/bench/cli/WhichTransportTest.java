package org.fabricmark.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

/** The page that says which transport is fastest is what its commands print, of the run that is kept beside it. */
class WhichTransportTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final String BASELINES = "results/baselines/";
    /** A command in a block of its own, and what stands below it until the mark. */
    private static final Pattern MADE = Pattern.compile(
            "```\n\\./fabricmark (compare [^\n]*)\n```\n\n(.*?)\n\n<!-- end of what it printed -->", Pattern.DOTALL);

    @Test
    void shouldShowWhatItsCommandsPrint() throws IOException {
        String page = Files.readString(ROOT.resolve("docs/which-transport.md"));
        List<MatchResult> made = MADE.matcher(page).results().toList();
        assertFalse(made.isEmpty(), "no command with its output on the page");
        for (MatchResult each : made) {
            CommandRun run = CommandRun.ofLine(each.group(1).replace(BASELINES, ROOT.resolve(BASELINES) + "/"));
            assertEquals("", run.err(), each.group(1));
            assertEquals(run.out().strip(), each.group(2),
                    "put what this command prints in its place: " + each.group(1));
            assertEquals(ExitCode.GOOD, run.code());
        }
    }
}
