package org.fabricmark.bench.cli;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.fabricmark.bench.cases.Arrival;
import org.fabricmark.bench.cases.Buffers;
import org.fabricmark.bench.cases.Cadence;
import org.fabricmark.bench.cases.Conditions;
import org.fabricmark.bench.cases.Memory;
import org.fabricmark.bench.cli.argument.AlgorithmNames;
import org.fabricmark.bench.cli.argument.Arrivals;
import org.fabricmark.bench.cli.argument.CollectiveNames;
import org.fabricmark.bench.cli.argument.ConditionWords;
import org.fabricmark.bench.cli.argument.InPlace;
import org.fabricmark.bench.cli.argument.LaunchNames;
import org.fabricmark.bench.cli.argument.Misuse;
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

    @Option(names = "--memory", paramLabel = "LIST", converter = ConditionWords.OfMemory.class,
            defaultValue = "window",
            description = "Kinds of buffers: window (registered), private (copied in and out, in the time of the call,"
                    + " or registered where it is, by transports that can). Default: ${DEFAULT-VALUE}.")
    ConditionWords<Memory> memory;

    @Option(names = "--buffers", paramLabel = "LIST", converter = ConditionWords.OfBuffers.class,
            defaultValue = "same",
            description = "Which buffers calls find: same, rotate (through twice the last-level cache), cold (caches swept"
                    + " before each call). Default: ${DEFAULT-VALUE}.")
    ConditionWords<Buffers> buffers;

    @Option(names = "--cadence", paramLabel = "LIST", converter = ConditionWords.OfCadence.class,
            description = "What lies between calls: streaming (nothing), isolated (a barrier, not timed). Default: streaming,"
                    + " and isolated where buffers are cold or ranks come late.")
    ConditionWords<Cadence> cadence;

    @Option(names = "--arrival", paramLabel = "LIST", converter = Arrivals.Converter.class, defaultValue = "none",
            description = "Who comes late: none, late:RANK:TIME, linear:TIME (the last rank most), random:TIME (up to)."
                    + " Default: ${DEFAULT-VALUE}.")
    Arrivals arrival;

    @Option(names = "--unalign", description = "Buffers begin one element behind an aligned address.")
    boolean unalign;

    @Mixin
    TuningOptions tuning;

    /**
     * Every combination of conditions that makes sense, in the order given.
     *
     * @throws Misuse if cadences were named that no combination can have
     */
    List<Conditions> conditions() {
        if (unalign && memory.values().contains(Memory.PRIVATE)) {
            throw new Misuse("--unalign: is about windows, and private memory is copied into an aligned one");
        }
        List<Conditions> calls = callConditions();
        return launches.names().stream()
                .flatMap(launch -> calls.stream().map(each -> each.withLaunch(launch)))
                .toList();
    }

    /** The combinations of everything but how ranks are started. */
    private List<Conditions> callConditions() {
        List<Cadence> cadences = cadence == null ? List.of(Cadence.STREAMING) : cadence.values();
        Set<Conditions> all = new LinkedHashSet<>();
        for (Memory kind : memory.values()) {
            for (Cadence each : cadences) {
                for (Buffers reuse : buffers.values()) {
                    for (Arrival late : arrival.patterns()) {
                        requireIsolation(reuse, late);
                        all.add(Conditions.DEFAULT.with(kind).with(each).with(reuse).with(late).withUnaligned(unalign));
                    }
                }
            }
        }
        return List.copyOf(all);
    }

    /** Where both cadences are named, streaming stands for the cases that can be; where only it is, it is a contradiction. */
    private void requireIsolation(Buffers reuse, Arrival late) {
        boolean streamingOnly = cadence != null && !cadence.values().contains(Cadence.ISOLATED);
        if (streamingOnly && Conditions.needsIsolation(reuse, late)) {
            throw new Misuse("--cadence 'streaming': calls are isolated where "
                    + (reuse == Buffers.COLD ? "caches are swept before each of them (--buffers cold)"
                            : "ranks are held back before each of them (--arrival " + late + ")"));
        }
    }
}
