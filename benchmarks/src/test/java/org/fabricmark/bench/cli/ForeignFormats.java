package org.fabricmark.bench.cli;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.fabricmark.bench.cases.BenchmarkCase;
import org.fabricmark.bench.cases.Conditions;
import org.fabricmark.bench.harness.CaseNotes;
import org.fabricmark.bench.harness.Registration;
import org.fabricmark.bench.harness.TableFacts;
import org.fabricmark.collective.Collective;
import org.fabricmark.collective.DataType;
import org.fabricmark.collective.ReduceOp;
import org.fabricmark.results.model.CaseResult;
import org.fabricmark.results.model.CaseResultBuilder;
import org.fabricmark.results.model.Distribution;
import org.fabricmark.results.model.Environment;
import org.fabricmark.results.model.Run;
import org.fabricmark.transport.TransportSpec;
import org.fabricmark.transport.RegistrationCounters;

/** Made-up measurements for printers whose layout somebody else has defined. */
final class ForeignFormats {
    static final Run RUN = Run.of(Instant.EPOCH, List.of(), 1, Environment.UNKNOWN, Optional.empty(), List.of());

    private ForeignFormats() {}

    static BenchmarkCase subject(Collective collective, boolean inPlace, long bytes) {
        return BenchmarkCase.of(collective, "auto", TransportSpec.parse("shm"), 2, DataType.FLOAT,
                collective.reduces() ? ReduceOp.SUM : null, 0, inPlace, bytes);
    }

    static TableFacts facts(Collective collective, Conditions conditions) {
        return new TableFacts(collective, "shm", conditions, 2, 2, "spin", "scalar", 1, 1, new Registration(4096, 1));
    }

    static CaseResult result(BenchmarkCase subject, double us, double gigabytes, OptionalLong wrong) {
        CaseResultBuilder result = CaseResult.builder(subject.key(), subject.count(), 1000, 1)
                .algorithmSelected(subject.algorithm().name())
                .timeUs(us)
                .algbwGBs(gigabytes)
                .busbwGBs(gigabytes);
        wrong.ifPresent(result::wrong);
        return result.build();
    }

    /** Two ranks; the average over both of a call takes {@code us} nine times in ten, and 3.61 otherwise, or 1 more. */
    static CaseNotes notes(double us, double... rankMeans) {
        Distribution averages = Distribution.of(new double[] {us, Math.max(3.61, us + 1)}, new long[] {900, 1000});
        return new CaseNotes(1000, 100, 1, false, rankMeans, new long[] {500, 500}, CaseNotes.Bound.EXCHANGE, rankMeans,
                Distribution.EMPTY, averages, 1, RegistrationCounters.NONE);
    }
}
