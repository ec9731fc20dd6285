package org.fabricmark.bench.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.fabricmark.bench.cli.argument.AlgorithmNames;
import org.fabricmark.bench.cli.argument.CollectiveNames;
import org.fabricmark.bench.cli.argument.InPlace;
import org.fabricmark.bench.cli.argument.LaunchNames;
import org.fabricmark.bench.cli.argument.OperationNames;
import org.fabricmark.bench.cli.argument.RankCounts;
import org.fabricmark.bench.cli.argument.TransportNames;
import org.fabricmark.bench.cli.argument.TypeNames;
import org.fabricmark.bench.jmh.Start;
import org.fabricmark.collective.Collective;
import org.fabricmark.collective.DataType;
import org.fabricmark.collective.ReduceOp;
import org.fabricmark.transport.TransportSpec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs the JMH benchmarks of cases that are named as everywhere else; without options, those that JMH would run itself. */
@Command(
        name = "jmh",
        description = "Measures collectives by JMH, in fresh JVMs: the harness of record. What follows -- goes to JMH.",
        customSynopsis = "fabricmark jmh [OPTION...] [-- JMH-OPTION...]",
        footer = {
            "",
            "Examples:",
            "  fabricmark jmh --collective all-reduce --sizes 8,64K",
            "  fabricmark jmh --algorithm ring,two-shot -- -f 3 -rf json -rff results.json",
            "  fabricmark jmh -- -h                        JMH's own options"
        },
        sortOptions = false)
final class JmhCommand extends ConsoleCommand {
    @Mixin
    private SizeOptions sizes;

    @Option(names = "--collective", paramLabel = "LIST", converter = CollectiveNames.Converter.class,
            defaultValue = "all-reduce,all-gather", description = "Collectives, or all. Default: ${DEFAULT-VALUE}.")
    private CollectiveNames collectives;

    @Option(names = "--algorithm", paramLabel = "LIST", converter = AlgorithmNames.Converter.class,
            description = "Algorithms that all chosen collectives have, or auto. Default: auto.")
    private AlgorithmNames algorithms;

    @Option(names = "--transport", paramLabel = "NAME", converter = TransportNames.Converter.class,
            description = "One transport, with options like a URI.")
    private TransportNames transports;

    @Option(names = "--ranks", paramLabel = "LIST", converter = RankCounts.Converter.class,
            description = "Numbers of ranks. Default: 2.")
    private RankCounts ranks;

    @Option(names = "--launch", paramLabel = "LIST", converter = LaunchNames.Converter.class,
            description = "How ranks are started: threads, or processes on this host. Default: threads.")
    private LaunchNames launches;

    @Option(names = {"-d", "--datatype"}, paramLabel = "LIST", converter = TypeNames.Converter.class,
            description = "Element types, or all. Default: float.")
    private TypeNames types;

    @Option(names = {"-o", "--op"}, paramLabel = "LIST", converter = OperationNames.Converter.class,
            description = "Operations, or all. Default: sum.")
    private OperationNames operations;

    @Option(names = "--in-place", paramLabel = "no|yes|both", converter = InPlace.Any.class,
            description = "Whether the input lies in the output. Default: both.")
    private InPlace inPlace;

    @Mixin
    private TuningOptions tuning;

    @Parameters(paramLabel = "JMH-OPTION", arity = "0..*", description = "JMH's own options, after --.")
    private List<String> jmhOptions = List.of();

    @Override
    public Integer call() throws IOException {
        Start.main(jmhArguments().toArray(String[]::new));
        return ExitCode.GOOD;
    }

    /** The same request in JMH's words. */
    List<String> jmhArguments() {
        List<String> arguments = new ArrayList<>();
        arguments.add(collectives.collectives().stream()
                .map(JmhCommand::method)
                .collect(Collectors.joining("|", "CollectiveBenchmark\\.(", ")$")));
        if (algorithms != null) {
            require(!algorithms.all(), "--algorithm 'all': JMH runs what is named; name the algorithms");
            for (Collective collective : collectives.collectives()) {
                algorithms.requireFor(List.of(collective));
            }
            requireTunable();
            add(arguments, "algorithm", algorithms.names().stream().map(name -> tuning.of(name).text()).toList());
        } else {
            require(!tuning.given(), tuning.names() + ": name the algorithms, by --algorithm");
        }
        if (transports != null) {
            require(transports.specs().size() == 1,
                    "--transport: JMH's parameters hold one transport with its options");
            TransportSpec spec = transports.specs().getFirst();
            add(arguments, "transport", List.of(spec.name()));
            if (!spec.given().isEmpty()) {
                add(arguments, "transportOptions", List.of(spec.given().entrySet().stream()
                        .map(option -> option.getKey() + ":" + option.getValue())
                        .collect(Collectors.joining(";"))));
            }
        }
        if (ranks != null) {
            add(arguments, "ranks", ranks.counts());
        }
        if (launches != null) {
            add(arguments, "launch", launches.names());
        }
        if (sizes.given()) {
            add(arguments, "bytes", sizes.sweep().bytes());
        }
        if (types != null) {
            add(arguments, "type", types.types().stream().map(DataType::label).toList());
        }
        if (operations != null) {
            require(collectives.collectives().stream().anyMatch(Collective::reduces),
                    "--op: none of the chosen collectives reduces");
            add(arguments, "op", operations.operations().stream().map(ReduceOp::label).toList());
        }
        if (inPlace != null) {
            add(arguments, "inPlace", inPlace.places());
        }
        if (quiet() || verbose()) {
            arguments.addAll(List.of("-v", quiet() ? "SILENT" : "EXTRA"));
        }
        arguments.addAll(jmhOptions);
        return arguments;
    }

    private void requireTunable() {
        require(!tuning.given() || !algorithms.auto(), tuning.names() + ": auto chooses that too; name an algorithm");
        collectives.collectives().forEach(c -> algorithms.of(c).forEach(tuning::requireHeededBy));
    }

    private static void add(List<String> arguments, String parameter, List<?> values) {
        arguments.add("-p");
        arguments.add(parameter + "=" + values.stream().map(Object::toString).collect(Collectors.joining(",")));
    }

    /** {@code all-reduce} is measured by {@code allReduce}. */
    private static String method(Collective collective) {
        Pattern letter = Pattern.compile("-([a-z])");
        return letter.matcher(collective.label()).replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT));
    }
}
