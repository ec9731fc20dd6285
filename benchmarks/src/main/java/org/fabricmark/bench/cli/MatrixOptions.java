package org.fabricmark.bench.cli;

import org.fabricmark.bench.cli.argument.AlgorithmNames;
import org.fabricmark.bench.cli.argument.CollectiveNames;
import org.fabricmark.bench.cli.argument.ConditionWord;
import org.fabricmark.bench.cli.argument.InPlace;
import org.fabricmark.bench.cli.argument.LaunchNames;
import org.fabricmark.bench.cli.argument.OperationNames;
import org.fabricmark.bench.cli.argument.PinnedCores;
import org.fabricmark.bench.cli.argument.RankCounts;
import org.fabricmark.bench.cli.argument.Roots;
import org.fabricmark.bench.cli.argument.TransportNames;
import org.fabricmark.bench.cli.argument.TypeNames;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is measured, besides sizes: comma lists make a matrix. */
final class MatrixOptions {
    @Option(names = "--collective", paramLabel = "LIST", converter = CollectiveNames.Converter.class,
            defaultValue = "all-reduce,all-gather", description = "Collectives, or all. Default: ${DEFAULT-VALUE}.")
    CollectiveNames collectives;

    @Option(names = "--algorithm", paramLabel = "LIST", converter = AlgorithmNames.Converter.class,
            defaultValue = "auto",
            description = "Algorithms, all that take the case, or auto. Default: ${DEFAULT-VALUE}.")
    AlgorithmNames algorithms;

    @Option(names = "--transport", paramLabel = "LIST", converter = TransportNames.Converter.class,
            defaultValue = "all",
            description = "Transports with options like a URI, as in shm?direct=no; all that work here. Default:"
                    + " ${DEFAULT-VALUE}.")
    TransportNames transports;

    @Option(names = "--ranks", paramLabel = "LIST", converter = RankCounts.Converter.class, defaultValue = "2",
            description = "Numbers of ranks, lists and ranges mixed: 2-5,7,9. Default: ${DEFAULT-VALUE}.")
    RankCounts ranks;

    @Option(names = {"-d", "--datatype"}, paramLabel = "LIST", converter = TypeNames.Converter.class,
            defaultValue = "float",
            description = "Element types, or all. Default: ${DEFAULT-VALUE}.")
    TypeNames types;

    @Option(names = {"-o", "--op"}, paramLabel = "LIST", converter = OperationNames.Converter.class,
            defaultValue = "sum",
            description = "Operations, or all. Default: ${DEFAULT-VALUE}.")
    OperationNames operations;

    @Option(names = {"-r", "--root"}, paramLabel = "LIST", converter = Roots.Converter.class, defaultValue = "0",
            description = "Roots, all of them one after the other, or rotate: another one in each call."
                    + " Default: ${DEFAULT-VALUE}.")
    Roots roots;

    @Option(names = "--in-place", paramLabel = "no|yes|both", converter = InPlace.Any.class, defaultValue = "both",
            description = "Whether the input lies in the output. Default: ${DEFAULT-VALUE}.")
    InPlace inPlace;

    @Option(names = "--launch", paramLabel = "LIST", converter = LaunchNames.Converter.class,
            defaultValue = "threads",
            description = "How ranks are started: threads, or processes on this host. Default: ${DEFAULT-VALUE}.")
    LaunchNames launches;

    @Option(names = "--pin", paramLabel = "CORES", arity = "0..1", converter = PinnedCores.Converter.class,
            defaultValue = "none", fallbackValue = PinnedCores.ALL,
            description = "Keep each rank on one core: all of ours in turn (also when nothing follows), a list as in 0,1, or"
                    + " none. Default: ${DEFAULT-VALUE}.")
    PinnedCores pin;

    @Option(names = "--memory", paramLabel = "KIND", converter = ConditionWord.Memory.class, defaultValue = "window",
            description = "Kind of buffers: window (registered).")
    String memory;

    @Option(names = "--buffers", paramLabel = "REUSE", converter = ConditionWord.Buffers.class, defaultValue = "same",
            description = "Whether calls reuse buffers: same.")
    String buffers;

    @Option(names = "--cadence", paramLabel = "CADENCE", converter = ConditionWord.Cadence.class,
            defaultValue = "streaming", description = "What lies between calls: streaming (nothing).")
    String cadence;

    @Mixin
    TuningOptions tuning;
}
