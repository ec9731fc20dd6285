package org.fabricmark.bench.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.fabricmark.bench.cases.BenchmarkCase;
import org.fabricmark.bench.cases.Buffers;
import org.fabricmark.bench.cases.Cadence;
import org.fabricmark.bench.cases.Conditions;
import org.fabricmark.bench.cases.Memory;
import org.fabricmark.bench.harness.WrongTransport.Fault;
import org.fabricmark.bootstrap.Job;
import org.fabricmark.collective.Collective;
import org.fabricmark.communicator.Communicator;
import org.fabricmark.transport.TransportSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The check of data notices when a transport delivers, during a single call, other data than it was given. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class WrongTransportTest {
    private static final String TRANSPORT = "shm?direct=no";
    private static final int RANKS = 3;

    /** Enough that every place in every lane has been written before; buffers that rotate need more. */
    private static final int EARLIER_CALLS = 8;

    private static final Conditions ROTATING = Conditions.DEFAULT.with(Buffers.ROTATE);

    static Stream<BenchmarkCase> cases() {
        return Stream.of(
                of(Collective.ALL_REDUCE, "one-shot", false, 8),
                of(Collective.ALL_REDUCE, "two-shot", false, 100_000),
                of(Collective.ALL_REDUCE, "two-shot", true, 4096),
                of(Collective.ALL_REDUCE, "ring", false, 10_000),
                of(Collective.ALL_REDUCE, "recursive-doubling", true, 1000),
                of(Collective.ALL_GATHER, "direct", false, 24),
                of(Collective.ALL_GATHER, "direct", true, 100_000),
                of(Collective.ALL_GATHER, "bruck", false, 1200),
                of(Collective.REDUCE_SCATTER, "direct", true, 24),
                of(Collective.REDUCE_SCATTER, "ring", false, 10_000),
                of(Collective.REDUCE_SCATTER, "recursive-halving", true, 1000),
                of(Collective.BROADCAST, "binomial", false, 100_000),
                of(Collective.REDUCE, "binomial", true, 10_000),
                of(Collective.ALL_TO_ALL, "direct", false, 24),
                of(Collective.ALL_TO_ALL, "pairwise", true, 10_000),
                of(Collective.SEND_RECV, "ring-shift", false, 1000));
    }

    static Stream<BenchmarkCase> casesOfOtherConditions() {
        Conditions copied = Conditions.DEFAULT.with(Memory.PRIVATE);
        return Stream.of(
                of(Collective.ALL_REDUCE, "two-shot", false, 100_000).under(copied),
                of(Collective.ALL_REDUCE, "ring", true, 10_000).under(copied),
                of(Collective.ALL_GATHER, "direct", true, 1200).under(copied),
                of(Collective.REDUCE_SCATTER, "direct", true, 1200).under(copied),
                of(Collective.REDUCE, "binomial", false, 1200).under(copied),
                of(Collective.ALL_TO_ALL, "pairwise", true, 1200).under(copied),
                of(Collective.SEND_RECV, "ring-shift", true, 1200).under(copied),
                of(Collective.ALL_REDUCE, "two-shot", false, 300_000).under(ROTATING),
                of(Collective.ALL_GATHER, "bruck", false, 300_000).under(ROTATING),
                of(Collective.REDUCE_SCATTER, "ring", true, 300_000).under(ROTATING),
                of(Collective.ALL_REDUCE, "ring", false, 300_000).under(ROTATING.with(Memory.PRIVATE)),
                of(Collective.ALL_REDUCE, "two-shot", true, 4096).under(Conditions.DEFAULT.withUnaligned(true)),
                of(Collective.ALL_REDUCE, "ring", false, 1000).under(Conditions.DEFAULT.with(Cadence.ISOLATED)),
                of(Collective.BROADCAST, "binomial", false, 1000).under(Conditions.DEFAULT.with(Buffers.COLD)));
    }

    private static BenchmarkCase of(Collective collective, String algorithm, boolean inPlace, long bytes) {
        return Cases.of(collective, algorithm, TRANSPORT, RANKS, inPlace, bytes);
    }

    @ParameterizedTest
    @MethodSource({"cases", "casesOfOtherConditions"})
    void shouldNoticeStaleShiftedMissingAndDoubledContributions(BenchmarkCase subject) throws Exception {
        int liar = subject.collective() == Collective.BROADCAST ? 0 : 1; // a rank that sends
        for (Fault fault : Fault.values()) {
            long wrong = wrongElements(subject, liar, fault);
            assertTrue(wrong > 0, fault + " was not noticed");
        }
    }

    @ParameterizedTest
    @MethodSource({"cases", "casesOfOtherConditions"})
    void shouldFindNothingWrongWithATransportThatDeliversWhatItWasGiven(BenchmarkCase subject) throws Exception {
        assertEquals(0, wrongElements(subject, 1, null));
    }

    private static long wrongElements(BenchmarkCase subject, int liar, Fault fault) throws Exception {
        return onRanks((job, rank) -> wrongElements(job, subject, rank, rank == liar ? fault : null));
    }

    private static long wrongElements(Job job, BenchmarkCase subject, int rank, Fault fault) {
        WrongTransport transport = new WrongTransport(job.open(rank));
        try (Communicator communicator = Communicator.over(transport, job.config())) {
            try {
                try (SideChannel side = SideChannel.attach(job, communicator)) {
                    return wrongElements(communicator, transport, side, subject, fault);
                }
            } catch (RuntimeException | AssertionError e) {
                communicator.abort(e);
                throw e;
            }
        }
    }

    private static long wrongElements(
            Communicator communicator,
            WrongTransport transport,
            SideChannel side,
            BenchmarkCase subject,
            Fault fault) {
        JobRank rank = new JobRank(communicator, List.of(subject), side, 1);
        try (RankCase calls = new RankCase(rank, subject, true)) {
            for (int i = 0; i < EARLIER_CALLS + calls.places(); i++) {
                calls.checkedCall();
                assertEquals(0, calls.wrong(), "before anything was wrong");
            }
            transport.arm(fault);
            calls.checkedCall();
            transport.arm(null);
            return calls.wrong();
        }
    }

    @Test
    void shouldNoticeInTimedCallsWhichOfTheBuffersOfARingIsWrong() throws Exception {
        for (Memory memory : Memory.values()) {
            BenchmarkCase subject = of(Collective.ALL_REDUCE, "two-shot", false, 3 << 20)
                    .under(ROTATING.with(memory).with(Cadence.ISOLATED));
            assertEquals(0, wrongInTimedCalls(subject, null));
            assertTrue(wrongInTimedCalls(subject, Fault.MISSING) > 0, memory.label());
        }
    }

    /** Rank 1 lies in its first timed call only; all calls after it, on other buffers, are right. */
    private static long wrongInTimedCalls(BenchmarkCase subject, Fault fault) throws Exception {
        return onRanks((job, number) -> {
            WrongTransport transport = new WrongTransport(job.open(number));
            try (Communicator communicator = Communicator.over(transport, job.config());
                    SideChannel side = SideChannel.attach(job, communicator)) {
                JobRank rank = new JobRank(communicator, List.of(subject), side, 1);
                try (RankCase calls = new RankCase(rank, subject, true)) {
                    assertTrue(calls.places() > 2, "a ring of " + calls.places());
                    calls.beginTimed();
                    transport.arm(number == 1 ? fault : null);
                    calls.loop().call();
                    transport.arm(null);
                    calls.loop().call();
                    calls.endTimed();
                    return calls.wrong();
                }
            }
        });
    }

    private interface RankTask {
        long run(Job job, int rank);
    }

    private static long onRanks(RankTask task) throws Exception {
        Job job = Job.create(RANKS, TransportSpec.parse(TRANSPORT));
        try (ExecutorService threads = Executors.newFixedThreadPool(RANKS)) {
            List<Future<Long>> results = new ArrayList<>();
            for (int rank = 0; rank < RANKS; rank++) {
                int number = rank;
                results.add(threads.submit(() -> task.run(job, number)));
            }
            long wrong = 0;
            for (Future<Long> result : results) {
                wrong = result.get();
            }
            return wrong;
        }
    }
}
