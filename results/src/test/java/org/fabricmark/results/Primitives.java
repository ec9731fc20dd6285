package org.fabricmark.results;

import org.fabricmark.results.model.CaseKey;
import org.fabricmark.results.model.CasePart;
import org.fabricmark.results.model.CaseResult;
import org.fabricmark.results.model.CaseResultBuilder;
import org.fabricmark.results.model.Conventions;
import org.fabricmark.results.model.Measure;

/** Results of primitives for tests. */
public final class Primitives {
    private Primitives() {}

    /** A latency: an RDMA write of {@code bytes}. */
    public static CaseResultBuilder latency(long bytes, double us) {
        CaseKey key = CaseKey.ofPrimitive("write-lat").transport("rdma").bytes(bytes).put(CasePart.INLINE, "220")
                .put(CasePart.CQ_MOD, "auto").build();
        return result(key, us, Measure.LATENCY);
    }

    /** A bandwidth or a rate: writes of {@code bytes}, each of which takes {@code us}. */
    public static CaseResultBuilder stream(String name, Measure measure, long bytes, double us) {
        CaseKey key = CaseKey.ofPrimitive(name).transport("rdma").bytes(bytes).put(CasePart.TX_DEPTH, "128")
                .put(CasePart.QPS, "1").put(CasePart.INLINE, "0").put(CasePart.CQ_MOD, "auto")
                .put(CasePart.POST_LIST, "1").build();
        return result(key, us, measure).algbwGBs(bytes / us / 1e3);
    }

    private static CaseResultBuilder result(CaseKey key, double us, Measure measure) {
        CaseResultBuilder result = new CaseResultBuilder().key(key).calls(1000).batch(10).timeUs(us).wrong(0)
                .conventions(measure == Measure.LATENCY ? Conventions.LATENCY : Conventions.STREAM);
        result.primitive().measure(measure).averageUs(us).deviationUs(0.01).p999Us(4 * us).inlined("yes").signalEvery(1)
                .reference("copy").referenceUs(0.5);
        return result;
    }

    /** One that is wrong. */
    public static CaseResult wrong(long bytes, double us) {
        return latency(bytes, us).wrong(3).build();
    }
}
