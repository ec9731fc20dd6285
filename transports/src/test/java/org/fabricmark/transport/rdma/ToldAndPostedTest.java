package org.fabricmark.transport.rdma;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.fabricmark.algorithm.Algorithm;
import org.fabricmark.algorithm.Algorithms;
import org.fabricmark.bootstrap.Job;
import org.fabricmark.bootstrap.ThreadRanks;
import org.fabricmark.collective.DataType;
import org.fabricmark.collective.ReduceOp;
import org.fabricmark.collective.Shape;
import org.fabricmark.communicator.Communicator;
import org.fabricmark.communicator.CommunicatorConfig;
import org.fabricmark.communicator.Plan;
import org.fabricmark.communicator.PlanRequest;
import org.fabricmark.communicator.Window;
import org.fabricmark.engine.PostedSteps;
import org.fabricmark.engine.Waiting;
import org.fabricmark.transport.TransportSpec;
import org.fabricmark.transport.anatomy.PostedRequest;
import org.fabricmark.transport.rdma.ObservedProvider.Posted;
import org.fabricmark.transport.rdma.verbs.SendOpcode;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the transport says that it posts, held against what it posts. Left out is what depends on time: requests of no bytes that only ask
 * for a completion or give credits back, and which requests are signalled; but every read is.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ToldAndPostedTest {
    private static final int MOST_RANKS = 4;
    private static final int WINDOW = 1 << 16;

    static Stream<Algorithm> algorithms() {
        return Algorithms.all().stream();
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void shouldPostWhatItSaysInEveryAlgorithm(Algorithm algorithm) {
        assertTrue(compare(algorithm, "rdma?provider=observed") > 0, "nothing was compared");
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void shouldPostWhatItSaysWithCountersAndWithoutInlineData(Algorithm algorithm) {
        assertTrue(compare(algorithm, "rdma?provider=observed&signal=counter&inline=0&pairs=2") > 0,
                "nothing was compared");
    }

    /** How many requests were the same. */
    private static int compare(Algorithm algorithm, String transport) {
        TransportSpec spec = TransportSpec.parse(transport);
        AtomicInteger compared = new AtomicInteger();
        for (int ranks = 2; ranks <= MOST_RANKS; ranks++) {
            for (int count : algorithm.collective().movesData() ? new int[] {7, 1000} : new int[] {0}) {
                if (algorithm.refusal(Shape.of(algorithm.collective(), ranks, count, Integer.BYTES)).isPresent()) {
                    continue;
                }
                ThreadRanks.run(
                        Job.create(ranks, spec,
                                new CommunicatorConfig(CommunicatorConfig.DEFAULT_TIMEOUT, Waiting.YIELD)),
                        communicator -> compared.addAndGet(compare(communicator, algorithm, count, spec)));
            }
        }
        return compared.get();
    }

    private static int compare(Communicator communicator, Algorithm algorithm, int count, TransportSpec spec) {
        boolean data = algorithm.collective().movesData();
        Window window = communicator.allocate(2 * WINDOW);
        Plan plan = communicator.plan(PlanRequest.of(algorithm, DataType.INT32,
                algorithm.collective().reduces() ? ReduceOp.SUM : null, count, data ? window.at(0) : null,
                data ? window.at(WINDOW) : null));
        communicator.barrier();
        ObservedProvider.turnPage();
        plan.execute();
        List<Posted> posted = ObservedProvider.turnPage();

        List<String> told =
                PostedSteps.of(plan.schedule(), new RdmaProvider().anatomy(spec).orElseThrow()).all().stream()
                        .filter(request -> request.bytes() > 0 || request.signal() != PostedRequest.NO_SIGNAL)
                        .map(request -> text(request.operation(), request.bytes(), request.flags().contains("INLINE")))
                        .sorted().toList();
        assertEquals(told, posted.stream().filter(ToldAndPostedTest::hasPurpose)
                .map(request -> text(request.opcode().name(), request.bytes(), request.inline())).sorted().toList());
        assertTrue(
                posted.stream().allMatch(request -> request.signalled() || request.opcode() != SendOpcode.RDMA_READ));
        return told.size();
    }

    private static boolean hasPurpose(Posted request) {
        return request.bytes() > 0 || request.opcode() == SendOpcode.RDMA_WRITE_WITH_IMM
                && RdmaLayout.signal(request.immediate()) != RdmaLayout.NO_SIGNAL;
    }

    private static String text(String operation, long bytes, boolean inline) {
        return operation + " " + bytes + " B" + (inline ? ", INLINE" : "");
    }
}
