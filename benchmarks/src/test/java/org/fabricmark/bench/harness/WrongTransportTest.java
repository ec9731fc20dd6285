package org.fabricmark.bench.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.fabricmark.bench.cases.BenchmarkCase;
import org.fabricmark.bench.harness.WrongTransport.Fault;
import org.fabricmark.bootstrap.Job;
import org.fabricmark.collective.Collective;
import org.fabricmark.communicator.Communicator;
import org.fabricmark.transport.TransportSpec;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The check of data notices when a transport delivers, during a single call, other data than it was given. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class WrongTransportTest {
    private static final String TRANSPORT = "shm?direct=no";
    private static final int RANKS = 3;

    /** Enough that every place in every lane has been written before. */
    private static final int EARLIER_CALLS = 8;

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

    private static BenchmarkCase of(Collective collective, String algorithm, boolean inPlace, long bytes) {
        return Cases.of(collective, algorithm, TRANSPORT, RANKS, inPlace, bytes);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shouldNoticeStaleShiftedMissingAndDoubledContributions(BenchmarkCase subject) throws Exception {
        int liar = subject.collective() == Collective.BROADCAST ? 0 : 1; // a rank that sends
        for (Fault fault : Fault.values()) {
            long wrong = wrongElements(subject, liar, fault);
            assertTrue(wrong > 0, fault + " was not noticed");
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shouldFindNothingWrongWithATransportThatDeliversWhatItWasGiven(BenchmarkCase subject) throws Exception {
        assertEquals(0, wrongElements(subject, 1, null));
    }

    private static long wrongElements(BenchmarkCase subject, int liar, Fault fault) throws Exception {
        Job job = Job.create(RANKS, TransportSpec.parse(TRANSPORT));
        try (ExecutorService threads = Executors.newFixedThreadPool(RANKS)) {
            List<Future<Long>> results = new ArrayList<>();
            for (int rank = 0; rank < RANKS; rank++) {
                int number = rank;
                Callable<Long> task = () -> wrongElements(job, subject, number, number == liar ? fault : null);
                results.add(threads.submit(task));
            }
            long wrong = 0;
            for (Future<Long> result : results) {
                wrong = result.get();
            }
            return wrong;
        }
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
            for (int i = 0; i < EARLIER_CALLS; i++) {
                calls.checkedCall();
                assertEquals(0, calls.wrong(), "before anything was wrong");
            }
            transport.arm(fault);
            calls.checkedCall();
            transport.arm(null);
            return calls.wrong();
        }
    }
}
