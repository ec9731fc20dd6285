package org.fabricmark.bench.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fabricmark.bench.cases.SizeSweep;
import org.fabricmark.bench.cli.argument.AlgorithmNames;
import org.fabricmark.bench.cli.argument.CollectiveNames;
import org.fabricmark.bench.cli.argument.InPlace;
import org.fabricmark.bench.cli.argument.LaunchNames;
import org.fabricmark.bench.cli.argument.OperationNames;
import org.fabricmark.bench.cli.argument.PinnedCores;
import org.fabricmark.bench.cli.argument.RankCounts;
import org.fabricmark.bench.cli.argument.TransportNames;
import org.fabricmark.bench.cli.argument.TypeNames;
import org.fabricmark.bench.jmh.JmhRun;
import org.fabricmark.collective.Collective;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Runs the JMH benchmarks of cases that are named as everywhere else. What is not named has the values that JMH itself would take:
 * its runs are long.
 */
@Command(
        name = "jmh",
        description = "Measures collectives by JMH, in fresh JVMs: the harness of record. What follows -- goes to JMH.",
        customSynopsis = "fabricmark jmh [OPTION...] [-- JMH-OPTION...]",
        footer = {
            "",
            "Examples:",
            "  fabricmark jmh --collective all-reduce --sizes 8,64K",
            "  fabricmark jmh --algorithm all --ranks 2-4 --pin -- -f 3 -rf json -rff results.json",
            "  fabricmark jmh -- -h                        JMH's own options"
        },
        sortOptions = false)
final class JmhCommand extends ConsoleCommand {
    private static final String ALL_MODES = "all";
    private static final Path HERE = Path.of("");

    /** Those of the benchmarks: a whole sweep would take hours. */
    static final SizeSweep SIZES = new SizeSweep(List.of(8L, 65_536L, 4_194_304L));

    @Mixin
    private SizeOptions sizes;

    @Option(names = "--collective", paramLabel = "LIST", converter = CollectiveNames.Converter.class,
            defaultValue = "all-reduce,all-gather", description = "Collectives, or all. Default: ${DEFAULT-VALUE}.")
    private CollectiveNames collectives;

    @Option(names = "--algorithm", paramLabel = "LIST", converter = AlgorithmNames.Converter.class,
            defaultValue = "auto",
            description = "Algorithms, all that take the case, or auto. Default: ${DEFAULT-VALUE}.")
    private AlgorithmNames algorithms;

    @Option(names = "--transport", paramLabel = "LIST", converter = TransportNames.Converter.class,
            defaultValue = "shm",
            description = "Transports with options like a URI, as in netty?io=nio; or all that work here. Default:"
                    + " ${DEFAULT-VALUE}.")
    private TransportNames transports;

    @Option(names = "--ranks", paramLabel = "LIST", converter = RankCounts.Converter.class, defaultValue = "2",
            description = "Numbers of ranks, lists and ranges mixed: 2-5,7,9. Default: ${DEFAULT-VALUE}.")
    private RankCounts ranks;

    @Option(names = "--launch", paramLabel = "LIST", converter = LaunchNames.Converter.class,
            defaultValue = "threads",
            description = "How ranks are started: threads, or processes on this host. Default: ${DEFAULT-VALUE}.")
    private LaunchNames launches;

    @Option(names = {"-d", "--datatype"}, paramLabel = "LIST", converter = TypeNames.Converter.class,
            defaultValue = "float", description = "Element types, or all. Default: ${DEFAULT-VALUE}.")
    private TypeNames types;

    @Option(names = {"-o", "--op"}, paramLabel = "LIST", converter = OperationNames.Converter.class,
            defaultValue = "sum", description = "Operations, or all. Default: ${DEFAULT-VALUE}.")
    private OperationNames operations;

    @Option(names = "--in-place", paramLabel = "no|yes|both", converter = InPlace.Any.class, defaultValue = "no",
            description = "Whether the input lies in the output. Default: ${DEFAULT-VALUE}.")
    private InPlace inPlace;

    @Option(names = "--pin", paramLabel = "CORES", arity = "0..1", converter = PinnedCores.Converter.class,
            defaultValue = "none", fallbackValue = PinnedCores.ALL,
            description = "Keep each rank on one core: all of ours in turn (also when nothing follows), a list as in 0,1, or"
                    + " none. Default: ${DEFAULT-VALUE}.")
    private PinnedCores pin;

    @Mixin
    private TuningOptions tuning;

    @Option(names = "--out", paramLabel = "DIR",
            description = "Save the run into this folder, which must be new or empty; 'none' saves nothing. Default: as perf.")
    private String folder;

    @Parameters(paramLabel = "JMH-OPTION", arity = "0..*", description = "JMH's own options, after --.")
    private List<String> jmhOptions = List.of();

    @Override
    public Integer call() throws IOException {
        CaseMatrix cases = matrix();
        Preflight.ofThisMachine().require(cases.cases());
        Optional<Destination> destination = Destination.prepare(folder, HERE, Instant.now());
        List<String> modes = JmhRun.modes(jmhOptions);
        require(destination.isEmpty() || modes.size() <= 1 && !modes.contains(ALL_MODES), "-bm "
                + String.join(",", modes)
                + ": a case has one time, so results of several modes cannot be saved as one run; ask for one mode, or for"
                + " --out none");
        cases.leftOut().forEach(this::remark);
        if (!pin.pinning().isNone()) {
            remark(pin.words(ranks.largest()));
        }
        List<String> options = new ArrayList<>();
        if (quiet() || verbose()) {
            options.addAll(List.of("-v", quiet() ? "SILENT" : "EXTRA"));
        }
        options.addAll(jmhOptions);
        MeasuredByJmh measured = new MeasuredByJmh(arguments(), cases.cases());
        int code = new JmhRun(pin.pinning().flags(), measured::add).run(selections(cases), options);
        if (destination.isPresent() && measured.isPresent()) {
            measured.save(destination.get()).ifPresent(this::remark);
            remark("saved in " + destination.get().folder().path());
        }
        return code;
    }

    /** The same request in JMH's words. */
    List<List<String>> selections() {
        return selections(matrix());
    }

    private static List<List<String>> selections(CaseMatrix cases) {
        return JmhSelection.of(cases.cases()).stream().map(JmhSelection::arguments).toList();
    }

    /** Every case that is asked for. */
    CaseMatrix matrix() {
        require(!given("--op") || collectives.collectives().stream().anyMatch(Collective::reduces),
                "--op: none of the chosen collectives reduces");
        MatrixOptions matrix = CommandLine.populateCommand(new MatrixOptions()); // with their defaults
        matrix.collectives = collectives;
        matrix.algorithms = algorithms;
        matrix.transports = transports;
        matrix.ranks = ranks;
        matrix.types = types;
        matrix.operations = operations;
        matrix.inPlace = inPlace;
        matrix.launches = launches;
        matrix.pin = pin;
        matrix.tuning = tuning;
        return CaseMatrix.of(matrix, sizes.given() ? sizes.sweep() : SIZES);
    }
}
