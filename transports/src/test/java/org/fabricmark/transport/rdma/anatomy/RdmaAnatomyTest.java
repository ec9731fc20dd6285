package org.fabricmark.transport.rdma.anatomy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
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
    private static final long MOST_BYTES = 1L << 30;

    static Stream<Algorithm> algorithms() {
        return Algorithms.all().stream();
    }

    private static RdmaAnatomy.Terms terms(int depth) {
        return new RdmaAnatomy.Terms(PathMtu.MTU_4096, depth, 1, 64, MOST_BYTES, false);
    }

    private static List<PostedSteps> posted(Algorithm algorithm, Shape shape) {
        return new Emission(algorithm, shape).schedules().stream().map(Form.LOWERED::lower)
                .map(schedule -> PostedSteps.of(schedule, new RdmaAnatomy(terms(128)))).toList();
    }

    private static List<PortTraffic> ports(List<PostedSteps> posted) {
        return PortTraffic.of(posted.stream().map(PostedSteps::all).toList());
    }

    private static Algorithm named(Collective collective, String name) {
        return Algorithms.of(collective).stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
    }

    /**
     * Two-shot on 2 ranks with 64 KiB: a signal, a read of the peer's half, a write of the sum, a signal. Each half is 8 packets. All
     * are signalled but the last signal, behind a write that is under way: so the end of the call asks with a write of no bytes.
     */
    @Test
    void shouldPostForTwoShotWhatCanBeCountedByHand() {
        long signal = 82 + 16 + 4;
        long readRequest = 82 + 16;
        long readResponse = 8 * 82 + 2 * 4 + 32_768;
        long write = 8 * 82 + 16 + 32_768;
        long marker = 82 + 16;
        long acknowledgement = 82 + 4;
        PortTraffic expected = new PortTraffic(
                Map.of("RDMA_WRITE", 2L, "RDMA_WRITE_WITH_IMM", 2L, "RDMA_READ", 1L),
                4,
                2,
                1 + 1 + 8 + 1 + 1 + 8,
                4,
                65_536,
                2 * signal + readRequest + readResponse + write + marker + 4 * acknowledgement);

        List<PostedSteps> posted = posted(named(Collective.ALL_REDUCE, "two-shot"),
                Shape.of(Collective.ALL_REDUCE, 2, 16_384, 4));

        assertEquals(List.of(expected, expected), ports(posted));
        assertEquals(67_616, ports(posted).getFirst().wireBytes());
        assertEquals(0.969, ports(posted).getFirst().payloadShare(), 0.0005);
        assertEquals(List.of(true, true, true, false, true),
                posted.getFirst().all().stream().map(PostedRequest::signalled).toList());
    }

    /** A ring on 3 ranks with blocks of 16 KiB, 4 packets each: a signal backwards, two blocks forwards, each with a wait behind it. */
    @Test
    void shouldPostForARingWhatCanBeCountedByHand() {
        long signal = 82 + 16 + 4;
        long block = 4 * 82 + 16 + 4 + 16_384;
        long acknowledgement = 82 + 4;
        PortTraffic expected = new PortTraffic(
                Map.of("RDMA_WRITE_WITH_IMM", 3L), 3, 3, 1 + 2 * 4, 3, 32_768,
                signal + 2 * block + 3 * acknowledgement);

        List<PostedSteps> posted =
                posted(named(Collective.ALL_GATHER, "ring"), Shape.of(Collective.ALL_GATHER, 3, 4096, 4));

        assertEquals(List.of(expected, expected, expected), ports(posted));
        assertEquals(33_824, ports(posted).getFirst().wireBytes());
        List<PostedRequest> first = posted.getFirst().all();
        assertEquals(List.of(2, 1, 1), first.stream().map(PostedRequest::peer).toList());
        assertEquals(List.of(0, 1, 1), first.stream().map(PostedRequest::signal).toList());
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

    private static List<Boolean> signalled(List<PostedRequest> requests) {
        return requests.stream().map(PostedRequest::signalled).toList();
    }

    @Test
    void shouldSignalTheFirstRequestOfAPairAndThenOneInEverySoMany() {
        RdmaAnatomy anatomy = new RdmaAnatomy(terms(16)); // one in 4
        List<PostedRequest> posted = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            posted.addAll(anatomy.put(1, 0, 1000));
        }
        assertEquals(List.of(true, false, false, false, true, false, false, false, true, false), signalled(posted));
        assertEquals(List.of(true), signalled(anatomy.put(2, 0, 1000)), "another peer");
        assertEquals(1, anatomy.flush(0).size(), "only the first pair lacks a completion");
        assertEquals(List.of(true), signalled(anatomy.put(1, 0, 1000)), "nothing is under way any more");
        assertEquals(List.of(), anatomy.flush(0));
        assertEquals(List.of(), anatomy.drain());
    }

    @Test
    void shouldFlushWhatUsesMemoryAndDrainAll() {
        RdmaAnatomy anatomy = new RdmaAnatomy(terms(128));
        anatomy.put(1, 0, 1000);
        anatomy.notifyPeer(1, 0, 3);
        assertEquals(List.of(), anatomy.flush(0), "the put is signalled, and the signal uses no memory");
        List<PostedRequest> end = anatomy.drain();
        assertEquals(1, end.size());
        assertEquals("RDMA_WRITE", end.getFirst().operation());
        assertEquals(0, end.getFirst().bytes());
    }

    @Test
    void shouldCarrySmallPutsWithinTheRequestAndFenceBehindAReadThatIsUnderWay() {
        RdmaAnatomy anatomy = new RdmaAnatomy(terms(128));
        assertEquals(List.of("INLINE"), anatomy.put(1, 0, 64).getFirst().flags());
        assertEquals(List.of(), anatomy.put(1, 0, 65).getFirst().flags());
        anatomy.get(1, 0, 8);
        assertEquals(List.of("FENCE"), anatomy.put(1, 0, 65).getFirst().flags());
        anatomy.flush(0);
        assertEquals(List.of(), anatomy.put(1, 0, 65).getFirst().flags());
    }

    @Test
    void shouldGiveCreditsBackAloneOnlyWhenNoSignalGoesThatWay() {
        RdmaAnatomy anatomy = new RdmaAnatomy(terms(16)); // posts receives by 4, owes at 8
        assertEquals(List.of(), anatomy.await(1, 0, 0, 7));
        List<PostedRequest> credits = anatomy.await(1, 0, 0, 1);
        assertEquals(List.of("RDMA_WRITE_WITH_IMM"), credits.stream().map(PostedRequest::operation).toList());
        assertEquals("imm = credits", credits.getFirst().told().orElseThrow());
        assertEquals(List.of(), anatomy.await(1, 0, 0, 7));
        anatomy.notifyPeer(1, 0, 5); // takes the 4 earned along
        assertEquals(List.of(), anatomy.await(1, 0, 0, 4));
    }

    @Test
    void shouldCutWhatIsLongerThanARequestAndSignalBehindIt() {
        RdmaAnatomy anatomy = new RdmaAnatomy(terms(128));
        List<PostedRequest> pieces = anatomy.putAndNotify(1, 0, 2 * MOST_BYTES + 1, 7, true);
        assertEquals(List.of("RDMA_WRITE", "RDMA_WRITE", "RDMA_WRITE", "RDMA_WRITE_WITH_IMM"),
                pieces.stream().map(PostedRequest::operation).toList());
        assertEquals(List.of(MOST_BYTES, MOST_BYTES, 1L, 0L), pieces.stream().map(PostedRequest::bytes).toList());
        assertEquals(List.of(-1, -1, -1, 7), pieces.stream().map(PostedRequest::signal).toList());
        assertEquals(List.of(MOST_BYTES, 1L),
                anatomy.get(1, 0, MOST_BYTES + 1).stream().map(PostedRequest::bytes).toList());
    }

    @Test
    void shouldWriteCountersInsteadOfImmediatesWhenAsked() {
        RdmaAnatomy anatomy = new RdmaAnatomy(new RdmaAnatomy.Terms(PathMtu.MTU_4096, 128, 1, 64, MOST_BYTES, true));
        List<PostedRequest> posted = anatomy.putAndNotify(1, 0, 1000, 7, true);
        assertEquals(List.of(1000L, 8L), posted.stream().map(PostedRequest::bytes).toList());
        assertEquals(List.of("RDMA_WRITE", "RDMA_WRITE"), posted.stream().map(PostedRequest::operation).toList());
        assertEquals("counter of signal 7", posted.getLast().told().orElseThrow());
        assertTrue(posted.getLast().atPeer().isEmpty(), "no receive is used up");
    }

    @Test
    void shouldKeepBooksForEachPairOfAPeer() {
        RdmaAnatomy anatomy =
                new RdmaAnatomy(new RdmaAnatomy.Terms(PathMtu.MTU_4096, 128, 2, 64, MOST_BYTES, false));
        assertEquals(List.of(true), signalled(anatomy.put(1, 0, 1000)));
        assertEquals(List.of(true), signalled(anatomy.put(1, 1, 1000)));
        assertEquals(List.of(false), signalled(anatomy.put(1, 2, 1000)), "goes by the first pair");
    }
}
