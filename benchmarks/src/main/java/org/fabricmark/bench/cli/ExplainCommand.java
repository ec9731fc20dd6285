package org.fabricmark.bench.cli;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.fabricmark.algorithm.Algorithm;
import org.fabricmark.algorithm.Algorithms;
import org.fabricmark.algorithm.Emission;
import org.fabricmark.bench.cases.AlgorithmRequest;
import org.fabricmark.bench.cases.MessageSize;
import org.fabricmark.bench.cli.argument.AlgorithmNames;
import org.fabricmark.bench.cli.argument.ByteSize;
import org.fabricmark.bench.cli.argument.CollectiveNames;
import org.fabricmark.bench.cli.argument.Forms;
import org.fabricmark.bench.cli.argument.InPlace;
import org.fabricmark.bench.cli.argument.Misuse;
import org.fabricmark.bench.cli.argument.Names;
import org.fabricmark.bench.cli.argument.OperationNames;
import org.fabricmark.bench.cli.argument.RankCounts;
import org.fabricmark.bench.cli.argument.TransportNames;
import org.fabricmark.bench.cli.argument.TypeNames;
import org.fabricmark.bench.cli.argument.WholeNumber;
import org.fabricmark.collective.Collective;
import org.fabricmark.collective.DataType;
import org.fabricmark.collective.ReduceOp;
import org.fabricmark.collective.Shape;
import org.fabricmark.schedule.drawing.SpaceTimeDiagram;
import org.fabricmark.schedule.verify.Form;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Explains one schedule. */
@Command(
        name = "explain",
        description = "Explains one schedule: how it works, what it costs, who sends what to whom in which round, and the steps of"
                + " every rank.",
        footer = {
            "",
            "Examples:",
            "  fabricmark explain --collective all-reduce --algorithm rabenseifner --ranks 6",
            "  fabricmark explain --algorithm two-shot --ranks 4 --sizes 64K --form lowered",
            "  fabricmark explain --algorithm ring --ranks 16 --rank 3 --in-place yes",
            "  fabricmark explain --algorithm two-shot --sizes 64K --transport rdma",
            "  fabricmark explain --algorithm ring --ranks 8 --svg ring.svg"
        },
        sortOptions = false,
        customSynopsis = "fabricmark explain [OPTION...]")
final class ExplainCommand extends ConsoleCommand {
    /** With more ranks than this, only the steps of one are printed unless more are asked for. */
    private static final int RANKS_IN_FULL = 16;

    /** Schedules of all ranks are made at once, and their steps may grow with the square of the ranks. */
    private static final int MAX_RANKS = 256;

    @Option(names = "--collective", paramLabel = "NAME", converter = CollectiveNames.Converter.class,
            defaultValue = "all-reduce", description = "One collective. Default: ${DEFAULT-VALUE}.")
    private CollectiveNames collectives;

    @Option(names = "--algorithm", paramLabel = "NAME", converter = AlgorithmNames.Converter.class,
            description = "One algorithm of it. 'fabricmark list algorithms' shows them.")
    private AlgorithmNames algorithms;

    @Option(names = "--ranks", paramLabel = "NUMBER", converter = RankCounts.Converter.class, defaultValue = "2",
            description = "Number of ranks, up to " + MAX_RANKS + ". Default: ${DEFAULT-VALUE}.")
    private RankCounts ranks;

    @Option(names = {"--sizes", "-b", "--min-bytes"}, paramLabel = "SIZE", converter = ByteSize.Converter.class,
            defaultValue = "1K", description = "One message size, counted as perf does. Default: ${DEFAULT-VALUE}.")
    private ByteSize size;

    @Option(names = {"-d", "--datatype"}, paramLabel = "TYPE", converter = TypeNames.Converter.class,
            defaultValue = "float",
            description = "One element type. Default: ${DEFAULT-VALUE}.")
    private TypeNames types;

    @Option(names = {"-o", "--op"}, paramLabel = "OP", converter = OperationNames.Converter.class, defaultValue = "sum",
            description = "One operation; avg adds a division to the last step. Default: ${DEFAULT-VALUE}.")
    private OperationNames operations;

    @Option(names = {"-r", "--root"}, paramLabel = "RANK", converter = WholeNumber.Rank.class, defaultValue = "0",
            description = "The root, where there is one. Default: ${DEFAULT-VALUE}.")
    private int root;

    @Option(names = "--in-place", paramLabel = "no|yes", converter = InPlace.One.class, defaultValue = "no",
            description = "Whether the input lies in the output. Default: ${DEFAULT-VALUE}.")
    private InPlace inPlace;

    @Mixin
    private TuningOptions tuning;

    @Option(names = "--form", paramLabel = "FORM", converter = Forms.class, defaultValue = "direct",
            description = "direct: ranks reach each other's memory; lowered: none does (a network); mixed: two hosts."
                    + " Default: ${DEFAULT-VALUE}.")
    private Form form;

    @Option(names = "--transport", paramLabel = "NAME", converter = TransportNames.Converter.class,
            description = "Also what each step becomes over this transport, and how much that is. Default: none.")
    private TransportNames transports;

    @Option(names = "--rank", paramLabel = "RANK", converter = WholeNumber.Rank.class,
            description = "Only the steps of this rank. Default: all, or rank 0 beyond " + RANKS_IN_FULL + " ranks.")
    private Integer rank;

    @Option(names = "--svg", paramLabel = "FILE",
            description = "Also draw the messages of all rounds into this file, which must be new, as a space-time diagram of"
                    + " up to " + SpaceTimeDiagram.MOST_RANKS + " ranks.")
    private String svg;

    @Override
    public Integer call() throws IOException {
        Collective collective = one("--collective", collectives.collectives());
        Emission emission = new Emission(algorithm(collective), shape(collective));
        int ranksOfJob = emission.shape().size();
        require(rank == null || rank < ranksOfJob, "--rank '" + rank + "': ranks are 0 to " + (ranksOfJob - 1));
        Optional<AnatomyText.Terms> terms = terms();
        Explanation explanation =
                new Explanation(emission, terms.isPresent() ? Form.LOWERED : form, types.types().getFirst());
        if (svg != null) {
            DiagramFile.of(svg).write(explanation);
        }
        explanation.summary().forEach(out()::println);
        out().println();
        IntFunction<String> steps = explanation::steps;
        if (terms.isPresent()) {
            AnatomyText anatomy = new AnatomyText(explanation.schedules(), terms.get());
            anatomy.summary().forEach(out()::println);
            steps = anatomy::steps;
        }
        out().println("steps");
        if (rank != null) {
            out().print(steps.apply(rank));
        } else if (ranksOfJob <= RANKS_IN_FULL) {
            IntStream.range(0, ranksOfJob).mapToObj(steps).forEach(out()::print);
        } else {
            out().print(steps.apply(0));
            remark("only the steps of rank 0 are shown; --rank N shows those of another");
        }
        return ExitCode.GOOD;
    }

    private Optional<AnatomyText.Terms> terms() {
        if (transports == null) {
            return Optional.empty();
        }
        require(!given("--form"), "--form: the transport decides which form runs; leave it out");
        return Optional.of(AnatomyText.Terms.of(one("--transport", transports.specs())));
    }

    private Algorithm algorithm(Collective collective) {
        List<String> known = Algorithms.of(collective).stream().map(Algorithm::name).toList();
        require(algorithms != null,
                "--algorithm is needed; " + collective.label() + " has " + String.join(", ", known));
        String name = one("--algorithm", algorithms.names());
        require(!name.equals(Names.ALL) && !name.equals(AlgorithmNames.AUTO),
                "--algorithm '" + name + "': name one; " + collective.label() + " has " + String.join(", ", known));
        algorithms.requireFor(List.of(collective));
        return algorithms.of(collective).getFirst();
    }

    private Shape shape(Collective collective) {
        int job = one("--ranks", ranks.counts());
        require(job <= MAX_RANKS, "--ranks '" + job + "': explains up to " + MAX_RANKS + " ranks");
        DataType type = one("--datatype", types.types());
        ReduceOp op = one("--op", operations.operations());
        require(collective.reduces() || !given("--op"), "--op: " + collective.label() + " does not reduce");
        require(collective.rooted() || !given("--root"), "--root: " + collective.label() + " has no root");
        require(collective.movesData() || !given("--sizes"), "--sizes: " + collective.label() + " moves no data");
        require(root < job, "--root '" + root + "': ranks are 0 to " + (job - 1));
        Shape shape =
                new Shape(collective, job, MessageSize.of(collective, type, job, size.bytes()).count(), type.bytes(),
                        collective.reduces() && op.needsFinish(), root,
                        inPlace == InPlace.YES && collective.movesData(),
                        tuning.of(AlgorithmNames.AUTO).tuning());
        for (Algorithm algorithm : algorithms == null ? List.<Algorithm>of() : algorithms.of(collective)) {
            tuning.requireHeededBy(algorithm);
            algorithm.refusal(shape).ifPresent(reason -> {
                throw new Misuse("algorithm '" + algorithm.name() + "' does not take this: " + reason + "; it takes "
                        + AlgorithmList.ranks(algorithm) + " of ranks");
            });
            AlgorithmRequest request = tuning.of(algorithm.name());
            request.refusal(algorithm, shape).ifPresent(reason -> {
                throw new Misuse("algorithm '" + request.text() + "' does not take this: " + reason);
            });
        }
        return shape;
    }

    private static <T> T one(String option, List<T> values) {
        if (values.size() != 1) {
            throw new Misuse(option + ": explains one schedule at a time; give one value");
        }
        return values.getFirst();
    }
}
