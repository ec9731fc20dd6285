package org.fabricmark.bench.cli;

import java.util.List;
import org.fabricmark.algorithm.Algorithm;
import org.fabricmark.bench.cli.argument.AlgorithmNames;
import org.fabricmark.bench.cli.argument.CollectiveNames;
import org.fabricmark.bench.cli.argument.RankCounts;
import org.fabricmark.bench.cli.argument.WholeNumber;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Proves schedules. */
@Command(
        name = "verify",
        description = {
            "Proves schedules, for every interleaving of ranks: each output element holds what the collective defines, no race,"
                    + " no deadlock, nothing out of bounds, cost as declared.",
            "Each algorithm is proven for every number of ranks, in place and not, with counts around every threshold, as emitted"
                    + " and as lowered for networks, on 1, 2 and 3 channels where data can be divided, several calls in a row;"
                    + " then random sequences of different calls."
        },
        footer = {
            "",
            "Examples:",
            "  fabricmark verify                                         everything, 1 to 33 ranks",
            "  fabricmark verify --ranks 64 --algorithm ring",
            "  fabricmark verify --ranks 2-9 --collective all-gather --verbose"
        },
        sortOptions = false,
        customSynopsis = "fabricmark verify [OPTION...]")
final class VerifyCommand extends ConsoleCommand {
    private static final long DEFAULT_SEED = 1;

    @Option(names = "--ranks", paramLabel = "LIST", converter = RankCounts.Converter.class, defaultValue = "1-33",
            description = "Numbers of ranks, lists and ranges mixed: 2-5,7,9. Default: ${DEFAULT-VALUE}.")
    private RankCounts ranks;

    @Option(names = "--collective", paramLabel = "LIST", converter = CollectiveNames.Converter.class,
            defaultValue = "all",
            description = "Collectives, or all. Default: ${DEFAULT-VALUE}.")
    private CollectiveNames collectives;

    @Option(names = "--algorithm", paramLabel = "LIST", converter = AlgorithmNames.Converter.class,
            defaultValue = "all",
            description = "Algorithms, or all. Default: ${DEFAULT-VALUE}.")
    private AlgorithmNames algorithms;

    @Option(names = "--seed", paramLabel = "NUMBER", converter = WholeNumber.Any.class,
            description = "Draws the sequences of different calls. Default: " + DEFAULT_SEED + ".")
    private Long seed;

    @Mixin
    private TuningOptions tuning;

    @Override
    public Integer call() {
        require(!algorithms.auto(),
                "--algorithm auto is a choice for one shape; name algorithms, or all of them with 'all'");
        algorithms.requireFor(collectives.collectives());
        List<Algorithm> chosen = chosen();
        ProofRun run = new ProofRun(chosen, ranks.counts(), tuning, seed == null ? DEFAULT_SEED : seed);
        ProofTable table = new ProofTable(out(), verbose(), quiet());
        table.begin(chosen, run);
        try (run) {
            run.start(progress());
            for (Algorithm algorithm : chosen) {
                table.row(algorithm, run.await(algorithm));
            }
            table.sequences(run.awaitSequences());
        }
        table.end();
        return table.allProven() ? ExitCode.GOOD : ExitCode.FAILED;
    }

    /** Of all algorithms, those that heed segment and channels where these are set; of named ones, each must. */
    private List<Algorithm> chosen() {
        List<Algorithm> chosen = collectives.collectives().stream()
                .flatMap(collective -> algorithms.of(collective).stream())
                .toList();
        if (!algorithms.all()) {
            chosen.forEach(tuning::requireHeededBy);
            return chosen;
        }
        List<Algorithm> heeding =
                chosen.stream().filter(a -> tuning.of(a.name()).unheeded(a).isEmpty()).toList();
        require(!heeding.isEmpty(), tuning.names() + ": none of the chosen algorithms has a use for it");
        return heeding;
    }
}
