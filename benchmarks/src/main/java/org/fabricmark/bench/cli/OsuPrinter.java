package org.fabricmark.bench.cli;

import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.fabricmark.bench.cli.argument.Percentiles;
import org.fabricmark.bench.harness.CaseNotes;
import org.fabricmark.bench.harness.TableFacts;
import org.fabricmark.collective.Collective;
import org.fabricmark.results.model.CaseResult;
import org.fabricmark.results.model.Run;
import org.fabricmark.results.model.SampleSource;

/**
 * The layout of the OSU micro-benchmarks 7.4: each table is one of its tests. Latencies are over ranks of each rank's mean, and tail
 * latencies of the average over ranks of each call, as there.
 */
final class OsuPrinter implements RowPrinter {
    private static final Map<String, String> TITLES = Map.of(
            "all-reduce", "Allreduce",
            "all-gather", "Allgather",
            "reduce-scatter", "Reduce_scatter",
            "broadcast", "Broadcast",
            "reduce", "Reduce",
            "all-to-all", "All-to-All Personalized Exchange",
            "gather", "Gather",
            "scatter", "Scatter",
            "barrier", "Barrier");

    /** Whose size is what one rank gives to each peer, or gets from it. */
    private static final Set<String> PER_RANK = Set.of("all-gather", "all-to-all", "gather", "scatter");

    private static final Map<String, String> TYPES = Map.of(
            "int8", "MPI_INT8_T", "uint8", "MPI_UINT8_T", "int32", "MPI_INT", "uint32", "MPI_UINT32_T",
            "int64", "MPI_INT64_T", "uint64", "MPI_UINT64_T", "float", "MPI_FLOAT", "double", "MPI_DOUBLE");

    private final PrintWriter out;
    private final String algorithm;
    private final String type;
    private final boolean full;
    private final boolean check;
    private final Optional<Percentiles> percentiles;
    private TableFacts facts;

    /**
     * @param out where to
     * @param algorithm the one asked for
     * @param type our name of the type
     * @param full whether all columns are shown
     * @param check whether data are verified
     * @param percentiles whole ones, if any are asked for
     */
    OsuPrinter(PrintWriter out, String algorithm, String type, boolean full, boolean check,
            Optional<Percentiles> percentiles) {
        this.out = out;
        this.algorithm = algorithm;
        this.type = type;
        this.full = full;
        this.check = check;
        this.percentiles = percentiles;
    }

    /** Whether the suite has a test for it. */
    static boolean knows(Collective collective) {
        return TITLES.containsKey(collective.label());
    }

    /** Whether the suite has a name for a type. */
    static boolean knowsType(String type) {
        return TYPES.containsKey(type);
    }

    @Override
    public void table(TableFacts next) {
        facts = next;
        String label = facts.collective().label();
        out.println();
        out.println("# OSU MPI " + TITLES.get(label) + " Latency Test v7.4");
        if (facts.collective().movesData()) {
            out.println("# Datatype: " + TYPES.get(type) + ".");
        }
        out.println("# layout only, printed by fabricmark " + Version.current() + ": "
                + ForeignTitle.of(facts, algorithm));
        if (facts.collective().movesData()) {
            out.println("# size as OSU counts it: " + (PER_RANK.contains(label)
                    ? "one rank's share, the size of nccl-tests / " + facts.ranks() : "the buffer of a rank"));
        }
        out.println("# latencies: over ranks of each rank's mean" + (facts.conditions().isolated()
                ? "; a barrier, not timed, before each call" : "; calls back to back, without a barrier between them"));
        out.println(columns());
        out.flush();
    }

    private String columns() {
        StringBuilder line = new StringBuilder();
        if (facts.collective().movesData()) {
            line.append("%-10s".formatted("# Size")).append("%18s".formatted("Avg Latency(us)"));
        } else {
            line.append("# Avg Latency(us)");
        }
        if (full) {
            line.append("%18s%18s%12s".formatted("Min Latency(us)", "Max Latency(us)", "Iterations"));
            if (validated()) {
                line.append("%18s".formatted("Validation"));
            }
        }
        percentiles.ifPresent(wanted -> wanted.values()
                .forEach(value -> line.append("%18s".formatted("P" + Percentiles.text(value) + " Tail Lat(us)"))));
        return line.toString();
    }

    private boolean validated() {
        return check && facts.collective().movesData();
    }

    @Override
    public void row(CaseResult result, CaseNotes notes) {
        double[] means = notes.rankMeansUs();
        double average = Arrays.stream(means).average().orElse(result.timeUs());
        StringBuilder line = new StringBuilder();
        if (facts.collective().movesData()) {
            line.append("%-10d%18.2f".formatted(size(result), average));
        } else {
            line.append("%17.2f".formatted(average));
        }
        if (full) {
            line.append("%18.2f%18.2f%12d".formatted(Arrays.stream(means).min().orElse(average),
                    Arrays.stream(means).max().orElse(average), result.calls()));
            if (validated()) {
                line.append("%18s".formatted(result.isWrong() ? "Fail" : "Pass"));
            }
        }
        percentiles.ifPresent(wanted -> wanted.values().forEach(value -> line.append(tail(value, notes))));
        out.println(line);
        out.flush();
    }

    private long size(CaseResult result) {
        boolean share = PER_RANK.contains(facts.collective().label());
        return share ? result.key().bytes() / facts.ranks() : result.key().bytes();
    }

    private static String tail(BigDecimal percentile, CaseNotes notes) {
        OptionalDouble us = notes.averages().percentile(percentile.doubleValue());
        return us.isPresent() ? "%18.2f".formatted(us.getAsDouble()) : "%18s".formatted("-");
    }

    @Override
    public void end(Run run, SampleSource samples) {
        out.flush();
    }
}
