package org.fabricmark.bench.cli;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.fabricmark.bench.cases.BenchmarkCase;
import org.fabricmark.results.model.Environment;
import org.fabricmark.transport.TransportSpec;
import org.fabricmark.transport.Transports;

/**
 * What transports say that must stand beside their numbers, wherever these are shown or kept.
 *
 * @param byTransport in the order of the cases
 */
record TransportRemarks(SequencedMap<String, String> byTransport) {
    static TransportRemarks of(Collection<BenchmarkCase> cases) {
        return ofTransports(cases.stream().map(BenchmarkCase::transport).toList());
    }

    static TransportRemarks ofTransports(Collection<TransportSpec> transports) {
        SequencedMap<String, String> remarks = new LinkedHashMap<>();
        for (TransportSpec spec : transports) {
            Transports.of(spec).remark(spec).ifPresent(remark -> remarks.put(spec.toString(), remark));
        }
        return new TransportRemarks(remarks);
    }

    /** The environment of a run, with these among what carried its data. */
    Environment in(Environment environment) {
        return new Environment(environment.hardware(), environment.software().withLibraries(byTransport),
                environment.state(), environment.suite());
    }
}
