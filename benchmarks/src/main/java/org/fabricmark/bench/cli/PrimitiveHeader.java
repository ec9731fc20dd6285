package org.fabricmark.bench.cli;

import java.util.ArrayList;
import java.util.List;
import org.fabricmark.bench.cli.argument.Durations;
import org.fabricmark.bench.primitive.sweep.PrimitiveRequest;
import org.fabricmark.bench.primitive.sweep.PrimitiveTest;
import org.fabricmark.bench.primitive.sweep.Reference;
import org.fabricmark.bench.primitive.verbs.Fabric;
import org.fabricmark.results.model.Environment;
import org.fabricmark.transport.TransportSpec;

/** Says once, above all tables of primitives, what every number means and where it was measured. */
final class PrimitiveHeader {
    private final List<String> lines = new ArrayList<>();

    private PrimitiveHeader() {}

    static List<String> lines(PrimitiveRequest request, String pinning, Environment environment) {
        PrimitiveHeader header = new PrimitiveHeader();
        List<PrimitiveTest> tests = request.tests();
        boolean latencies = !tests.stream().allMatch(PrimitiveTest::streams);
        boolean streams = tests.stream().anyMatch(PrimitiveTest::streams);
        if (latencies) {
            header.add("t_",
                    "of one operation, as perftest counts: half of there and back, and of reads and atomics, which"
                            + " are answered, all of it; t_typical is the median");
            header.add("x line",
                    "t_typical / the exchange of a cache line between the two ranks' cores, probed just before; of what"
                            + " goes there and back, / a line there and back");
        }
        if (streams) {
            header.add("BW",
                    "by completions of the sender: peak of the fastest batch, average all bytes / all time; MB = 2^20"
                            + " bytes, GB = 10^9, Mpps = 10^6 messages a second");
        }
        if (tests.stream().anyMatch(test -> test.reference() == Reference.COPY)) {
            header.add("%copy", "BW average / what one thread copies in the same memory, probed just before");
        }
        header.add("batch",
                "operations between two readings of the clock: 1 round, or about 10 us where that is shorter than"
                        + " 2 us; times are then means of batches, 99% and 99.9% over batches, - where these are too few");
        for (TransportSpec transport : request.transports()) {
            if (transport.name().equals(Fabric.TRANSPORT)
                    && tests.stream().anyMatch(test -> test.verbs().isPresent())) {
                Fabric fabric = Fabric.of(transport);
                header.add("verbs", transport + ": provider " + fabric.words()
                        + (fabric.modelled() ? "; rows marked m are modelled" : ""));
            }
        }
        header.add("run",
                "2 ranks, one pair of threads or processes at a time; " + pinning + "; data checked after each row;"
                        + " budget " + Durations.format(request.effort().budget()) + "; fabricmark "
                        + Version.current());
        header.add("machine", MachineText.oneLine(environment));
        return header.lines;
    }

    private void add(String name, String text) {
        lines.add("%-7s %s".formatted(name, text));
    }
}
