package org.fabricmark.bench.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.fabricmark.bench.cases.Conditions;
import org.fabricmark.bench.primitive.sweep.PrimitiveRow;
import org.fabricmark.bench.primitive.sweep.PrimitiveRow.Queueing;
import org.fabricmark.bench.primitive.sweep.Times;
import org.fabricmark.bench.primitive.verbs.Fabric;

/** A row of primitives as names and values, the same in all forms for programs; null stands for what is absent. */
final class PrimitiveFields {
    private static final double NANOS = 1e3;

    private PrimitiveFields() {}

    static Map<String, Object> of(PrimitiveRow row) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("primitive", row.test().label());
        fields.put("transport", row.transport().toString());
        fields.put("launch", row.processes() ? Conditions.PROCESSES : Conditions.THREADS);
        fields.put("provider", row.fabric().map(Fabric::provider).orElse(null));
        fields.put("emulated", row.fabric().map(Fabric::emulated).orElse(null));
        fields.put("modelled", row.fabric().map(Fabric::modelled).orElse(null));
        fields.put("bytes", row.bytes());
        fields.put("qps", row.queueing().map(Queueing::pairs).orElse(null));
        fields.put("tx_depth", row.queueing().map(Queueing::depth).orElse(null));
        fields.put("inline", row.queueing().map(Queueing::inline).orElse(null));
        fields.put("cq_mod", row.queueing().map(Queueing::signalEvery).orElse(null));
        fields.put("post_list", row.queueing().map(Queueing::postList).orElse(null));
        Times times = row.times();
        fields.put("iterations", times.operations());
        fields.put("batch", times.batch());
        boolean latency = !row.test().streams();
        fields.put("t_min_us", times.minNs() / NANOS); // of bandwidths too: what bw_peak and bw_average are bytes of
        fields.put("t_max_us", latency ? times.maxNs() / NANOS : null);
        fields.put("t_typical_us", latency ? times.typicalNs() / NANOS : null);
        fields.put("t_avg_us", times.averageNs() / NANOS);
        fields.put("t_stdev_us", latency ? times.deviationNs() / NANOS : null);
        fields.put("p99_us", latency ? us(times.p99Ns()) : null);
        fields.put("p999_us", latency ? us(times.p999Ns()) : null);
        fields.put("bw_peak_MBs", latency ? null : row.peakMBs());
        fields.put("bw_average_MBs", latency ? null : row.averageMBs());
        fields.put("bw_average_GBs", latency ? null : row.averageGBs());
        fields.put("rate_Mpps", latency ? null : row.rateMpps());
        fields.put("exchange_ns", row.exchangeNs());
        fields.put("reference", row.test().reference().label());
        fields.put("reference_ns", value(row.referenceNs()));
        fields.put("ratio", value(row.ratio()));
        fields.put("machine_changed", row.changed());
        fields.put("wrong", row.wrong());
        return fields;
    }

    private static Double us(OptionalDouble nanos) {
        return nanos.isPresent() ? nanos.getAsDouble() / NANOS : null;
    }

    private static Double value(OptionalDouble number) {
        return number.isPresent() ? number.getAsDouble() : null;
    }
}
