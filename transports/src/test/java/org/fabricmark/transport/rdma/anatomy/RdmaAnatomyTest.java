package org.fabricmark.transport.rdma.anatomy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.fabricmark.algorithm.Algorithm;
import org.fabricmark.algorithm.Algorithms;
import org.fabricmark.algorithm.Emission;
import org.fabricmark.collective.Collective;
import org.fabricmark.collective.Shape;
import org.fabricmark.engine.PostedSteps;
import org.fabricmark.schedule.Step;
import org.fabricmark.schedule.verify.Form;
import org.fabricmark.transport.anatomy.PortTraffic;
import org.fabricmark.transport.anatomy.PostedRequest;
import org.fabricmark.transport.rdma.verbs.PathMtu;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RdmaAnatomyTest {
    private static final int PERIOD = 16;

    static Stream<Algorithm> algorithms() {
        return Algorithms.all().stream();
    }

    private static List<PostedSteps> posted(Algorithm algorithm, Shape shape) {
        return new Emission(algorithm, shape).schedules().stream().map(Form.LOWERED::lower)
                .map(schedule -> PostedSteps.of(schedule, new RdmaAnatomy(PathMtu.MTU_4096, PERIOD))).toList();
    }

    private static List<PortTraffic> ports(List<PostedSteps> posted) {
        return PortTraffic.of(posted.stream().map(PostedSteps::all).toList());
    }

    private static Algorithm named(Collective collective, String name) {
        return Algorithms.of(collective).stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
    }

    /**
     * Two-shot on 2 ranks with 64 KiB: a signal, a read of the peer's half, a flush, a write of the sum, a signal, a flush. Each half
     * is 8 packets.
     */
    @Test
    void shouldPostForTwoShotWhatCanBeCountedByHand() {
        long signal = 82 + 16 + 4;
        long readRequest = 82 + 16;
        long readResponse = 8 * 82 + 2 * 4 + 32_768;
        long write = 8 * 82 + 16 + 32_768;
        long closingWrite = 82 + 16;
        long acknowledgement = 82 + 4;
        PortTraffic expected = new PortTraffic(
                Map.of("RDMA_WRITE", 3L, "RDMA_WRITE_WITH_IMM", 2L, "RDMA_READ", 1L),
                2, // one closing write for each flush
                2,
                1 + 1 + 1 + 8 + 1 + 1 + 8,
                5,
                65_536,
                2 * signal + readRequest + readResponse + write + 2 * closingWrite + 5 * acknowledgement);

        List<PortTraffic> ports = ports(posted(named(Collective.ALL_REDUCE, "two-shot"),
                Shape.of(Collective.ALL_REDUCE, 2, 16_384, 4)));

        assertEquals(List.of(expected, expected), ports);
        assertEquals(67_800, ports.getFirst().wireBytes());
        assertEquals(0.967, ports.getFirst().payloadShare(), 0.0005);
    }

    /** A ring on 3 ranks with blocks of 16 KiB, 4 packets each: a signal backwards, two blocks forwards, a flush of both pairs. */
    @Test
    void shouldPostForARingWhatCanBeCountedByHand() {
        long signal = 82 + 16 + 4;
        long block = 4 * 82 + 16 + 4 + 16_384;
        long closingWrite = 82 + 16;
        long acknowledgement = 82 + 4;
        PortTraffic expected = new PortTraffic(
                Map.of("RDMA_WRITE", 2L, "RDMA_WRITE_WITH_IMM", 3L),
                2, // one for each of the two queue pairs
                3,
                1 + 2 * 4 + 2,
                5,
                32_768,
                signal + 2 * block + 2 * closingWrite + 5 * acknowledgement);

        List<PostedSteps> posted =
                posted(named(Collective.ALL_GATHER, "ring"), Shape.of(Collective.ALL_GATHER, 3, 4096, 4));

        assertEquals(List.of(expected, expected, expected), ports(posted));
        assertEquals(34_192, ports(posted).getFirst().wireBytes());
        List<PostedRequest> first = posted.getFirst().all();
        assertEquals(List.of(2, 1, 1, 1, 2), first.stream().map(PostedRequest::peer).toList());
        assertEquals(List.of(0, 1, 1, -1, -1), first.stream().map(PostedRequest::signal).toList());
        assertEquals("FIRST, 2 MIDDLE, LAST_WITH_IMMEDIATE", first.get(1).packets().getFirst().form());
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void shouldCompleteAsManyReceivesAsAreAwaitedInEveryAlgorithm(Algorithm algorithm) {
        for (int ranks = 1; ranks <= 9; ranks++) {
            Shape shape = Shape.of(algorithm.collective(), ranks, algorithm.collective().movesData() ? 1000 : 0, 4);
            if (algorithm.refusal(shape).isPresent()) {
                continue;
            }
            List<PostedSteps> posted = posted(algorithm, shape);
            List<PortTraffic> ports = ports(posted);
            for (int rank = 0; rank < ranks; rank++) {
                assertEquals(awaited(posted.get(rank)), ports.get(rank).receives(), algorithm.name() + " rank " + rank);
            }
            assertEquals(ports.stream().mapToLong(PortTraffic::payload).sum(),
                    posted.stream().flatMap(each -> each.all().stream()).mapToLong(PostedRequest::bytes).sum());
        }
    }

    private static long awaited(PostedSteps posted) {
        return posted.schedule().channels().stream().flatMap(List::stream)
                .mapToLong(step -> step instanceof Step.Await await && await.peer() != posted.schedule().rank()
                        ? await.times()
                        : 0)
                .sum();
    }

    @Test
    void shouldSignalEverySoManyRequestsOfAPairAndCloseOnlyWhatIsOpen() {
        RdmaAnatomy anatomy = new RdmaAnatomy(PathMtu.MTU_4096, 4);
        for (int i = 1; i <= 8; i++) {
            assertEquals(i % 4 == 0, anatomy.put(1, 0, 8).getFirst().signalled(), "request " + i);
            assertEquals(i % 4 == 0, anatomy.put(1, 1, 8).getFirst().signalled(), "of another channel");
        }
        assertTrue(anatomy.flush(0).isEmpty(), "the last one was signalled");
        anatomy.get(2, 0, 8);
        List<PostedRequest> closing = anatomy.flush(0);
        assertEquals(1, closing.size());
        assertEquals(2, closing.getFirst().peer());
        assertTrue(closing.getFirst().signalled());
        assertTrue(anatomy.flush(0).isEmpty(), "and nothing came after it");
    }

    @Test
    void shouldCutWhatIsLongerThanARequestAndSignalWithTheLastPiece() {
        RdmaAnatomy anatomy = new RdmaAnatomy(PathMtu.MTU_4096, PERIOD);
        List<PostedRequest> pieces = anatomy.putAndNotify(1, 0, RdmaAnatomy.MAX_REQUEST_BYTES * 2 + 1, 7, true);
        assertEquals(List.of("RDMA_WRITE", "RDMA_WRITE", "RDMA_WRITE_WITH_IMM"),
                pieces.stream().map(PostedRequest::operation).toList());
        assertEquals(List.of(-1, -1, 7), pieces.stream().map(PostedRequest::signal).toList());
        assertEquals(1, pieces.getLast().bytes());
    }
}
