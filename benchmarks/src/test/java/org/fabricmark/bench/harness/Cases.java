package org.fabricmark.bench.harness;

import java.util.Map;
import java.util.TreeMap;
import org.fabricmark.bench.cases.BenchmarkCase;
import org.fabricmark.bench.cases.Conditions;
import org.fabricmark.collective.Collective;
import org.fabricmark.collective.DataType;
import org.fabricmark.collective.ReduceOp;
import org.fabricmark.results.model.CaseResult;
import org.fabricmark.transport.TransportSpec;

/** Cases and results for tests. */
final class Cases {
    private Cases() {}

    static BenchmarkCase of(
            Collective collective, String algorithm, String transport, int ranks, boolean inPlace, long bytes) {
        return BenchmarkCase.of(
                collective,
                algorithm,
                TransportSpec.parse(transport),
                ranks,
                DataType.FLOAT,
                collective.reduces() ? ReduceOp.SUM : null,
                0,
                inPlace,
                bytes);
    }

    static BenchmarkCase allReduce(int ranks, long bytes) {
        return of(Collective.ALL_REDUCE, "auto", "shm", ranks, false, bytes);
    }

    static BenchmarkCase inProcesses(BenchmarkCase each) {
        return each.under(each.conditions().withLaunch(Conditions.PROCESSES));
    }

    /** A result of an all-reduce on 2 ranks in which only size and time matter. */
    static CaseResult result(long bytes, double us) {
        double rate = bytes / us / 1e3;
        BenchmarkCase subject = allReduce(2, bytes);
        return CaseResult.builder(subject.key(), subject.count(), 10, 1)
                .algorithmSelected(subject.algorithm().name())
                .timeUs(us)
                .algbwGBs(rate)
                .busbwGBs(rate)
                .build();
    }

    /** Threads of this process that a sweep should not leave behind, by name. */
    static Map<String, Thread> ranks() {
        Map<String, Thread> ranks = new TreeMap<>();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("rank-") && thread.isAlive()) {
                ranks.put(thread.getName() + "#" + thread.threadId(), thread);
            }
        }
        return ranks;
    }
}
