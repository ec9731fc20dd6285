package org.fabricmark.bench.cli;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.fabricmark.bench.cases.Arrival;
import org.fabricmark.bench.cases.BenchmarkCase;
import org.fabricmark.bench.cases.Buffers;
import org.fabricmark.bench.cases.Conditions;
import org.fabricmark.bench.cases.Memory;
import org.fabricmark.bench.cli.argument.ByteSize;
import org.fabricmark.bench.cli.argument.Durations;
import org.fabricmark.bench.cli.argument.OverRanks;
import org.fabricmark.bench.cli.argument.Percentiles;
import org.fabricmark.bench.harness.BufferRing;
import org.fabricmark.bench.harness.LastLevelCache;
import org.fabricmark.results.model.Distribution;
import org.fabricmark.results.model.Environment;
import org.fabricmark.transport.fault.FaultPlan;

/** Says once, above all tables, what every number means and where it was measured. */
final class TableHeader {
    private final List<BenchmarkCase> cases;
    private final Set<Conditions> conditions = new LinkedHashSet<>();
    private final List<String> lines = new ArrayList<>();

    private TableHeader(List<BenchmarkCase> cases) {
        this.cases = cases;
        cases.forEach(each -> conditions.add(each.conditions()));
    }

    static List<String> lines(OverRanks time, Percentiles percentiles, EffortOptions effort, String pinning,
            Environment environment, List<BenchmarkCase> cases) {
        TableHeader header = new TableHeader(cases);
        header.add("time", "one call of the " + time.words() + ": median over batches of calls; "
                + percentiles(percentiles));
        header.add("size", "bytes as nccl-tests counts them: the send buffer, of an all-gather the gathered result;"
                + " 1 GB = 10^9 bytes");
        header.add("%limit",
                "shortest time that this machine's own limits allow / time; the limit is one exchange (line or socket), and"
                        + " the traffic at the best rate");
        String data = "; data " + (effort.check() ? "checked" : "not checked") + "; " + pinning;
        if (header.all(each -> each.withLaunch(Conditions.THREADS).equals(Conditions.DEFAULT))) {
            header.add("calls", "back to back (streaming), always with the same registered buffers" + data);
        } else {
            header.addConditions(data);
        }
        header.add("run", "seed " + effort.seed() + ", budget " + Durations.format(effort.budget()) + ", fabricmark "
                + Version.current());
        header.add("machine", MachineText.oneLine(environment));
        TransportRemarks.of(cases).byTransport()
                .forEach((transport, remark) -> header.add("over", transport + ": " + remark));
        header.addFaults();
        return header.lines;
    }

    private void addFaults() {
        FaultPlan faults = FaultPlan.of(cases.getFirst().transport()); // the same for all of a run
        if (!faults.isEmpty()) {
            add("fault", faults + ": on purpose, so these are no measurements of the transport; it works by puts,"
                    + " gets and signals alone, without direct access");
        }
    }

    private static String percentiles(Percentiles percentiles) {
        List<String> names = percentiles.values().stream().map(value -> "p" + Percentiles.text(value)).toList();
        String all = names.size() == 1 ? names.getFirst()
                : String.join(", ", names.subList(0, names.size() - 1)) + " and " + names.getLast();
        List<String> needs = percentiles.values().stream()
                .map(value -> Long.toString(Distribution.samplesFor(value.doubleValue())))
                .toList();
        return all + " over batches, - where they are fewer than "
                + (needs.stream().distinct().count() == 1 ? needs.getFirst() : String.join(", ", needs));
    }

    private void addConditions(String data) {
        if (!all(Conditions::isolated)) {
            add("calls", "streaming: back to back" + data);
        }
        if (any(Conditions::isolated)) {
            add("calls",
                    "isolated: each is timed by itself, after a barrier that is not, from a rank's own entry to its exit,"
                            + " with one reading of the clock in it"
                            + data);
        }
        conditions.stream().map(Conditions::arrival).filter(arrival -> !arrival.none()).distinct()
                .forEach(arrival -> add(
                        "arrival", arrival + ": after that barrier, " + late(arrival)
                                + "; time is from the last rank's entry to the last rank's exit"));
        if (!all(each -> each.buffers() == Buffers.SAME)) {
            addBuffers();
        }
        if (any(each -> each.memory() == Memory.PRIVATE)) {
            add("memory",
                    "private: ordinary memory of the rank, copied into a window and out of it by the rank within the time"
                            + " of the call, unless its transport registers it where it is");
        }
        if (any(each -> each.memory() == Memory.WINDOW)) {
            add("memory", "window: registered, and used where it is");
        }
        if (any(Conditions::unaligned)) {
            add("unalign", "buffers begin one element behind a multiple of 128 B: "
                    + String.join(", ", cases.stream().filter(each -> each.misalignment() > 0)
                            .map(each -> each.misalignment() + " B (" + each.type().label() + ")").distinct()
                            .toList()));
        }
    }

    private void addBuffers() {
        String twice = ByteSize.format(LastLevelCache.twice());
        if (any(each -> each.buffers() == Buffers.SAME)) {
            add("buffers", "same: every call uses the same ones");
        }
        if (any(each -> each.buffers() == Buffers.ROTATE)) {
            add("buffers", "rotate: calls take the next of a ring that holds more than " + twice
                    + " over all ranks, twice the last-level cache, but at most " + BufferRing.MOST_PLACES
                    + " buffers");
        }
        if (any(each -> each.buffers() == Buffers.COLD)) {
            add("buffers", "cold: before each call every rank reads through " + twice
                    + ", twice the last-level cache, and then meets the others, none of which is timed");
        }
        add("%limit", "- where data are not in the caches, or ranks come late: no probe does the same");
    }

    private static String late(Arrival arrival) {
        return switch (arrival.kind()) {
            case LATE -> "rank " + arrival.rank() + " is busy for " + arrival.time();
            case LINEAR -> "ranks are busy for 0 to " + arrival.time() + ", rising with their number";
            case RANDOM -> "each rank is busy for a random part of " + arrival.time() + ", drawn from the seed";
            case NONE -> "nobody is held back";
        };
    }

    private boolean any(Predicate<Conditions> predicate) {
        return conditions.stream().anyMatch(predicate);
    }

    private boolean all(Predicate<Conditions> predicate) {
        return conditions.stream().allMatch(predicate);
    }

    private void add(String name, String text) {
        lines.add("%-7s %s".formatted(name, text));
    }
}
