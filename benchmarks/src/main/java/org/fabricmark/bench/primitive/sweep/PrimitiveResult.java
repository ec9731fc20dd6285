package org.fabricmark.bench.primitive.sweep;

import org.fabricmark.bench.cases.Conditions;
import org.fabricmark.bench.primitive.verbs.Queues;
import org.fabricmark.bench.primitive.verbs.VerbsPrimitive;
import org.fabricmark.results.model.CaseKey;
import org.fabricmark.results.model.CasePart;
import org.fabricmark.results.model.CaseResult;
import org.fabricmark.results.model.CaseResultBuilder;
import org.fabricmark.results.model.Conventions;
import org.fabricmark.results.model.Flag;
import org.fabricmark.results.model.Flags;
import org.fabricmark.results.model.Measure;
import org.fabricmark.results.model.PrimitiveFigures;
import org.fabricmark.transport.TransportSpec;

/** A row as a result that can be saved and compared. */
public final class PrimitiveResult {
    private static final double NANOS = 1e3;
    private static final String AUTO = "auto";

    private PrimitiveResult() {}

    /**
     * The case of a row. What is asked of the queues is part of it, not what is in force for one size: so a sweep over sizes
     * is of one kind.
     */
    public static CaseKey key(PrimitiveTest test, TransportSpec transport, boolean processes,
            Queues queues, long bytes) {
        CaseKey.Builder key = CaseKey.ofPrimitive(test.label()).transport(transport.toString())
                .launch(processes ? Conditions.PROCESSES : Conditions.THREADS).bytes(bytes);
        test.verbs().ifPresent(verbs -> put(queues, verbs, key));
        return key.build();
    }

    private static void put(Queues queues, VerbsPrimitive verbs, CaseKey.Builder key) {
        if (verbs.streams()) {
            key.put(CasePart.TX_DEPTH, Integer.toString(queues.depth()));
            key.put(CasePart.QPS, Integer.toString(queues.pairs()));
            key.put(CasePart.POST_LIST, Integer.toString(queues.postList()));
        }
        if (verbs.gathers()) {
            key.put(CasePart.INLINE, Integer.toString(queues.inline(verbs)));
        }
        if (verbs.pattern() != VerbsPrimitive.Pattern.REQUEST) {
            // Of streams it depends on the size where nobody says it.
            key.put(CasePart.CQ_MOD, verbs.streams() && queues.signalEvery().isEmpty() ? AUTO
                    : Integer.toString(queues.signalEvery(verbs, 0)));
        }
    }

    /** The result of a row. Wrong data are wrong here too. */
    public static CaseResult of(PrimitiveRow row) {
        Times times = row.times();
        boolean streams = row.test().streams();
        CaseKey key = key(row.test(), row.transport(), row.processes(), row.queues().orElse(Queues.DEFAULT),
                row.bytes());
        CaseResultBuilder result = new CaseResultBuilder().key(key).calls(times.operations()).batch(times.batch())
                .timeUs((streams ? times.averageNs() : times.typicalNs()) / NANOS).minUs(times.minNs() / NANOS)
                .maxUs(times.maxNs() / NANOS).exchangeNs(row.exchangeNs()).lineNs(row.exchangeNs()).wrong(row.wrong())
                .conventions(streams ? Conventions.STREAM : Conventions.LATENCY)
                .flags(row.changed() ? Flags.of(Flag.MACHINE_CHANGED) : Flags.NONE);
        if (times.p99Ns().isPresent()) {
            result.percentilesUs(times.operations() / times.batch(), times.typicalNs() / NANOS,
                    times.p99Ns().getAsDouble() / NANOS);
        }
        if (streams) {
            result.algbwGBs(row.averageGBs());
        }
        figures(row, result.primitive());
        return result.build();
    }

    private static void figures(PrimitiveRow row, PrimitiveFigures.Builder figures) {
        Times times = row.times();
        figures.measure(!row.test().streams() ? Measure.LATENCY
                : row.test().rate() ? Measure.RATE : Measure.BANDWIDTH);
        figures.averageUs(times.averageNs() / NANOS).deviationUs(times.deviationNs() / NANOS)
                .reference(row.test().reference().label());
        times.p999Ns().ifPresent(nanos -> figures.p999Us(nanos / NANOS));
        row.referenceNs().ifPresent(nanos -> figures.referenceUs(nanos / NANOS));
        row.queueing().ifPresent(queueing -> figures.inlined(queueing.inline() ? "yes" : "no")
                .signalEvery(queueing.signalEvery()));
    }
}
