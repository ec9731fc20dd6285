package org.fabricmark.bench.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.fabricmark.bench.cli.argument.CaseLabels;
import org.fabricmark.bench.cli.argument.ForeignTool;
import org.fabricmark.bench.cli.argument.RankCounts;
import org.fabricmark.results.foreign.Given;
import org.fabricmark.results.foreign.Importer;
import org.fabricmark.results.model.CaseResult;
import org.fabricmark.results.model.Run;
import org.fabricmark.results.model.StoredRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Reads other suites' results into ours. */
@Command(
        name = "import",
        description = "Reads what nccl-tests, OSU, IMB or JMH has written into a run of ours, to be compared and reported like any other."
                + " Sizes and bandwidths are converted; what a time is stays beside it.",
        footer = {
            "",
            "Examples:",
            "  fabricmark import all_reduce_perf.txt --out nccl",
            "  fabricmark import osu_allreduce.txt osu_allgather.txt --ranks 2 --label transport=ucx --out osu",
            "  fabricmark import IMB-MPI1.txt --from-tool imb --out imb"
        },
        sortOptions = false,
        customSynopsis = "fabricmark import FILE... [OPTION...]")
final class ImportCommand extends ConsoleCommand {
    private static final Path HERE = Path.of("");

    @Parameters(paramLabel = "FILE", arity = "0..*", description = "Files of one program.")
    private List<Path> files = new ArrayList<>();

    @Option(names = "--from-tool", paramLabel = "TOOL", converter = ForeignTool.Converter.class,
            defaultValue = Importer.AUTO,
            description = "The program that wrote them: nccl-tests, osu, imb, jmh, or auto. Default: ${DEFAULT-VALUE}.")
    private ForeignTool tool;

    @Option(names = "--ranks", paramLabel = "NUMBER", converter = RankCounts.Converter.class,
            description = "How many ranks there were, where the files do not say (OSU never does).")
    private RankCounts ranks;

    @Option(names = "--label", paramLabel = "NAME=VALUE", converter = CaseLabels.Converter.class,
            description = "Parts of every case that the files do not say, a comma list: transport=ucx,algorithm=ring.")
    private CaseLabels labels;

    @Option(names = "--repeated",
            description = "Several results of one case are repetitions: take medians. Otherwise they are refused.")
    private boolean repeated;

    @Option(names = "--out", paramLabel = "DIR",
            description = "Save the run into this folder, which must be new or empty. Default: as perf.")
    private String folder;

    @Override
    public Integer call() throws IOException {
        require(!files.isEmpty(), "which files? name what another program has printed");
        require(!Destination.NONE.equals(folder), "--out 'none': an import that is not saved is nothing");
        require(ranks == null || !ranks.several(), "--ranks: one number; files of other numbers are other imports");
        Importer importer = new Importer(tool.name(), given(), repeated);
        StoredRun imported = importer.read(files, arguments());
        Destination destination = Destination.prepare(folder, HERE, Instant.now()).orElseThrow();
        importer.remarks().forEach(this::remark);
        destination.save(imported.run(), imported.samples()).ifPresent(this::remark);
        summary(imported.run(), destination).forEach(out()::println);
        out().flush();
        return ExitCode.GOOD;
    }

    private Given given() {
        CaseLabels said = labels == null ? CaseLabels.NONE : labels;
        return new Given((ranks == null ? said : said.withRanks(ranks.largest())).labels());
    }

    private static List<String> summary(Run run, Destination destination) {
        List<String> lines = new ArrayList<>();
        String program = run.origin().tool() + run.origin().version().map(version -> " " + version).orElse("");
        lines.add("%d cases of %s: %s".formatted(run.cases().size(), program, String.join(", ",
                run.cases().stream().map(CaseResult::key)
                        .map(key -> key.isPrimitive() ? key.primitive().name() : key.collective()).distinct()
                        .toList())));
        run.cases().stream().map(CaseResult::conventions).distinct().forEach(conventions -> lines.add(
                "time is the %s; sizes were counted %s".formatted(conventions.timeInWords(),
                        conventions.size().equals("per-rank") ? "by one rank's share, and are converted" : "as ours")));
        long wrong = run.cases().stream().filter(CaseResult::isWrong).count();
        if (wrong > 0) {
            lines.add(wrong + " of them had wrong data");
        }
        lines.add("saved in " + destination.folder().path());
        return lines;
    }
}
