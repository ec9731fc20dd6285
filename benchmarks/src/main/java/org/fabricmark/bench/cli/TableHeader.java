package org.fabricmark.bench.cli;

import java.util.ArrayList;
import java.util.List;
import org.fabricmark.bench.cli.argument.Durations;
import org.fabricmark.bench.cli.argument.OverRanks;
import org.fabricmark.results.model.Environment;
import org.fabricmark.transport.TransportSpec;
import org.fabricmark.transport.fault.FaultPlan;

/** Says once, above all tables, what every number means and where it was measured. */
final class TableHeader {
    private TableHeader() {}

    static List<String> lines(
            OverRanks time, EffortOptions effort, String pinning, Environment environment,
            List<TransportSpec> transports) {
        List<String> lines = new ArrayList<>(lines(time, effort, pinning, environment));
        FaultPlan faults = FaultPlan.of(transports.getFirst()); // the same for all of a run
        if (!faults.isEmpty()) {
            lines.add("fault   " + faults
                    + ": on purpose, so these are no measurements of the transport; it works by puts,"
                    + " gets and signals alone, without direct access");
        }
        return lines;
    }

    private static List<String> lines(OverRanks time, EffortOptions effort, String pinning, Environment environment) {
        return List.of(
                "time    one call of the " + time.words()
                        + ": median over batches of calls; p50 and p99 over batches, - where"
                        + " they are fewer than 100",
                "size    bytes as nccl-tests counts them: the send buffer, of an all-gather the gathered result;"
                        + " 1 GB = 10^9 bytes",
                "%limit  shortest time that this machine's own limits allow / time; the limit is one exchange (line or socket), and the"
                        + " traffic at the best rate",
                "calls   back to back (streaming), always with the same registered buffers; data "
                        + (effort.check() ? "checked" : "not checked") + "; " + pinning,
                "run     seed " + effort.seed() + ", budget " + Durations.format(effort.budget()) + ", fabricmark "
                        + Version.current(),
                "machine " + MachineText.oneLine(environment));
    }
}
