package org.fabricmark.bench.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fabricmark.bench.cli.argument.ExportNames;
import org.fabricmark.bench.cli.argument.Misuse;
import org.fabricmark.results.format.RunFolder;
import org.fabricmark.results.model.Facts;
import org.fabricmark.results.model.StoredRun;
import org.fabricmark.results.report.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a page, a summary and a table of stored runs. */
@Command(
        name = "report",
        description = {"Writes report.html, summary.md and cells.csv of saved runs into the folder of the first one.",
            "The page is one file that loads nothing from anywhere. Several runs are side by side."},
        footer = {
            "",
            "Older files of the report are replaced. Exports are of the first run; wrong results are left out of them.",
            "Exit code 5: the runs are of different machines.",
            "",
            "Examples:",
            "  fabricmark perf --out run && fabricmark report run",
            "  fabricmark report results/runs/new results/runs/old --export bencher,openmetrics"
        },
        sortOptions = false,
        customSynopsis = "fabricmark report RUN... [OPTION...]")
final class ReportCommand extends ConsoleCommand {
    @Parameters(paramLabel = "RUN", arity = "0..*", description = "Folders of saved runs.")
    private List<Path> folders = List.of();

    @Option(names = "--export", paramLabel = "LIST", converter = ExportNames.Converter.class,
            description = "What to write besides: github-action-benchmark, bencher, openmetrics.")
    private ExportNames exports = ExportNames.NONE;

    @Option(names = "--any-machine", description = "Show runs of different machines side by side all the same.")
    private boolean anyMachine;

    @Override
    public Integer call() {
        require(!folders.isEmpty(), "which run? name the folder that 'fabricmark perf --out' wrote");
        List<StoredRun> runs = new ArrayList<>();
        for (Path folder : folders) {
            require(folders.indexOf(folder) == folders.lastIndexOf(folder), "RUN '" + folder + "' is given twice");
            runs.add(read(folder));
        }
        Optional<String> difference = anyMachine ? Optional.empty() : difference(runs);
        if (difference.isPresent()) {
            complain(difference.get());
            return ExitCode.NOT_COMPARABLE;
        }
        write(folders.getFirst(), runs).forEach(file -> out().println(file));
        out().flush();
        return ExitCode.GOOD;
    }

    private static StoredRun read(Path folder) {
        try {
            StoredRun run = RunFolder.read(folder);
            if (run.run().cases().isEmpty()) {
                throw new Misuse("the run in '" + folder + "' has no cases: nothing to report");
            }
            return run;
        } catch (IOException failure) {
            throw misuse("cannot read the run in '" + folder + "': " + reason(failure), failure);
        }
    }

    /** What is known to be another machine's; a fact that one run does not know is no difference. */
    private static Optional<String> difference(List<StoredRun> runs) {
        Facts first = runs.getFirst().run().environment().hardware().facts();
        for (StoredRun run : runs) {
            List<Facts.Difference> differences = first.differences(run.run().environment().hardware().facts()).stream()
                    .filter(Facts.Difference::certain).toList();
            if (!differences.isEmpty()) {
                return Optional.of("'" + runs.getFirst().name() + "' and '" + run.name()
                        + "' were measured on different machines: "
                        + String.join(", ", differences.stream().map(Facts.Difference::toString).toList())
                        + "; --any-machine shows them all the same");
            }
        }
        return Optional.empty();
    }

    private List<Path> write(Path folder, List<StoredRun> runs) {
        try {
            return Report.of(runs).write(folder, exports.exports());
        } catch (IOException failure) {
            throw misuse("cannot write into '" + folder + "': " + reason(failure), failure);
        }
    }

    private static String reason(IOException failure) {
        return failure instanceof AccessDeniedException ? "permission denied" : failure.toString();
    }

    private static Misuse misuse(String message, Exception cause) {
        Misuse misuse = new Misuse(message);
        misuse.initCause(cause);
        return misuse;
    }
}
