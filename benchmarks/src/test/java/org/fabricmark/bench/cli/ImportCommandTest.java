package org.fabricmark.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.fabricmark.results.format.RunFolder;
import org.fabricmark.results.model.CaseResult;
import org.fabricmark.results.model.StoredRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ImportCommandTest {
    @TempDir
    private Path temp;

    private Path write(String name, String text) throws IOException {
        return Files.writeString(temp.resolve(name), text);
    }

    @Test
    void shouldSaveARunAndSayWhatItsTimesAre() throws IOException {
        Path file = write("osu.txt", """
                # OSU MPI Allgather Latency Test v7.4
                # Datatype: MPI_CHAR.
                # Size       Avg Latency(us)
                0                       0.10
                1024                    2.12
                """);
        Path out = temp.resolve("osu");
        CommandRun run = CommandRun.of("import", file.toString(), "--ranks", "4", "--label", "transport=ucx", "--out",
                out.toString());
        assertEquals(ExitCode.GOOD, run.code(), run.err());
        assertEquals(List.of("1 cases of osu 7.4: all-gather",
                "time is the mean averaged over the ranks; sizes were counted by one rank's share, and are converted",
                "saved in " + out), run.lines());
        assertEquals("fabricmark import: " + file + " line 4: a row of 0 bytes is left out", run.err().strip());
        StoredRun stored = RunFolder.read(out);
        assertEquals(
                "collective=all-gather transport=ucx launch=processes ranks=4 type=int8 in_place=no cadence=isolated"
                        + " bytes=4096",
                stored.run().cases().getFirst().key().canonicalName());
        assertEquals(List.of("import", "osu.txt", "--ranks", "4", "--label", "transport=ucx", "--out", "osu"),
                stored.run().arguments());
    }

    @Test
    void shouldImportWhatPerfPrintsInOtherLayouts() throws IOException {
        for (String format : List.of("osu", "nccl")) {
            String printed = CommandRun.of("perf", "--transport", "shm", "--sizes", "8,1K", "--iters", "5",
                    "--warmup-iters", "1", "--in-place", format.equals("osu") ? "no" : "both", "--format", format,
                    "--out", "none").out();
            Path out = temp.resolve(format);
            CommandRun run = CommandRun.of("import", write(format + ".txt", printed).toString(), "--out",
                    out.toString());
            assertEquals(ExitCode.GOOD, run.code(), run.err());
            List<CaseResult> cases = RunFolder.read(out).run().cases();
            assertEquals(format.equals("osu") ? 4 : 8, cases.size());
            assertTrue(cases.stream().anyMatch(each -> each.key().canonicalName()
                    .equals("collective=all-gather transport=shm in_place=no bytes=1024")), cases::toString);
        }
    }

    @Test
    void shouldLeaveNothingBehindWhenAFileCannotBeRead() throws IOException {
        Path file = write("notes.txt", "nothing");
        CommandRun run = CommandRun.of("import", file.toString(), "--out", temp.resolve("run").toString());
        assertEquals(ExitCode.MISUSED, run.code());
        assertEquals(1, run.err().lines().count(), run.err());
        assertEquals("", run.out());
        assertFalse(Files.exists(temp.resolve("run")));
    }

    @Test
    void shouldNotOverwriteARun() throws IOException {
        Path file = write("barrier.txt", "# OSU MPI Barrier Latency Test v7.4\n# Avg Latency(us)\n   0.47\n");
        String[] command = {"import", file.toString(), "--ranks", "2", "--out", temp.resolve("run").toString()};
        assertEquals(ExitCode.GOOD, CommandRun.of(command).code());
        CommandRun again = CommandRun.of(command);
        assertEquals(ExitCode.MISUSED, again.code());
        assertTrue(again.err().contains("is not empty: name a folder that does not exist yet"), again.err());
    }
}
