package org.fabricmark.algorithm;

import static org.fabricmark.schedule.Space.INPUT;
import static org.fabricmark.schedule.Space.OUTPUT;
import static org.fabricmark.schedule.Space.SCRATCH;
import java.util.Optional;
import java.util.Set;
import org.fabricmark.algorithm.pattern.Rings;
import org.fabricmark.collective.Chunks;
import org.fabricmark.collective.Collective;
import org.fabricmark.collective.Shape;
import org.fabricmark.schedule.Cost;
import org.fabricmark.schedule.StepSink;

/**
 * The ring, with every chunk cut into segments that travel one behind the other: segment s takes its round r in turn s + r, so that in each
 * turn a rank sends a segment of every round at once, and what it receives is reduced while it is in the caches.
 *
 * <pre>
 *    turn        0     1     2     3     4         2 ranks, 4 segments: P partial, to scratch;
 *    sent       P0  F0 P1 F1 P2 F2 P3   F3         F finished, to the output
 *    slot        0     1     0     1
 * </pre>
 *
 * <p>Scratch has p slots of a segment for each of the p-1 rounds of reduce-scatter, however long the message. A slot is used again p turns
 * later: the next rank reduces what is in it in the turn in which it was sent, what that rank sends afterwards comes around in p-1 turns, and
 * a rank takes a turn when all of the one before has arrived. All chunks are cut into as many segments as the longest.
 */
final class SegmentedRingAllReduce implements Algorithm {
    private static final Description DESCRIPTION = new Description(
            Collective.ALL_REDUCE,
            "segmented-ring",
            "the ring, with chunks passed on segment by segment, each reduced while it is in the caches",
            "Open MPI's segmented ring (after Patarasuk, Yuan, JPDC 69 (2009)); p slots a round for one-sided puts",
            "n+2(p-1)-1 rounds for n segments to a chunk, 2(p-1)/p m moved, (p-1)/p m reduced, p(p-1) segments of scratch",
            ResultOrder.SAME_ON_ALL_RANKS);

    private static final int PARTIAL = 0;
    private static final int FINISHED = 1;

    /** Await, reduce and put in a round of the first circle, await and put in one of the second. */
    private static final int STEPS_PER_SEGMENT_AND_PEER = 5;

    @Override
    public Description description() {
        return DESCRIPTION;
    }

    @Override
    public Set<Tunable> tunables() {
        return Set.of(Tunable.SEGMENT, Tunable.CHANNELS);
    }

    @Override
    public boolean synchronising(Shape shape) {
        return true;
    }

    @Override
    public long scratchElements(Shape shape) {
        return (shape.size() - 1L) * slots(shape) * slot(shape);
    }

    /** Elements of the longest segment. */
    private long slot(Shape shape) {
        return segmented(shape).orElseThrow().length(0);
    }

    /** Slots of a round, which its segments take in turn. */
    private int slots(Shape shape) {
        return Math.min(shape.size(), segments(shape));
    }

    @Override
    public int signals(Shape shape) {
        return 2;
    }

    private static Chunks chunks(Shape shape) {
        return Chunks.of(shape.count(), shape.size(), shape.elementBytes());
    }

    @Override
    public Optional<Chunks> segmented(Shape shape) {
        return Optional.of(Chunks.segments(
                chunks(shape).length(0),
                shape.elementBytes(),
                shape.tuning().limitedTo((long) STEPS_PER_SEGMENT_AND_PEER * (shape.size() - 1))));
    }

    private int segments(Shape shape) {
        return segmented(shape).orElseThrow().parts();
    }

    @Override
    public Cost cost(Shape shape) {
        Cost ring = RingAllReduce.ringCost(shape);
        return new Cost(
                turns(shape), ring.messages() * segments(shape), ring.moved(), ring.reduced(), scratchElements(shape));
    }

    /** Until the last segment has taken its last round. */
    private int turns(Shape shape) {
        return segments(shape) + 2 * (shape.size() - 1) - 1;
    }

    @Override
    public void emit(Shape shape, int rank, StepSink to) {
        int size = shape.size();
        int previous = Rings.shift(rank, -1, size);
        int lastRound = 2 * (size - 1) - 1;
        Ring ring = new Ring(
                shape, rank, Rings.shift(rank, 1, size), chunks(shape), segments(shape), slots(shape), slot(shape), to);
        for (int turn = 0; turn < turns(shape); turn++) {
            // Of the segments on their way the oldest is in the last round.
            int last = Math.min(turn, lastRound);
            int first = Math.max(0, turn - (ring.segments - 1));
            for (int round = last; round >= first; round--) {
                ring.put(round, turn - round);
            }
            for (int round = last; round >= first; round--) {
                if (round < size - 1) {
                    to.await(previous, PARTIAL, 1);
                    ring.reduce(round, turn - round);
                } else {
                    to.await(previous, FINISHED, 1);
                }
            }
        }
        to.flush();
    }

    /** One rank's side of the ring. */
    private record Ring(
            Shape shape, int rank, int next, Chunks chunks, int segments, int slots, long slot, StepSink to) {
        /** Round r sends chunk rank - r, which has come in the round before; round p-1, the first that sends finished ones, chunk rank + 1. */
        private int sent(int round) {
            int distance = round < shape.size() ? round : round - shape.size();
            return Rings.shift(rank, -distance, shape.size());
        }

        private Chunks cut(int chunk) {
            return Chunks.of(chunks.length(chunk), segments, shape.elementBytes());
        }

        private long place(int round, int segment) {
            return ((long) round * slots + segment % slots) * slot;
        }

        void put(int round, int segment) {
            int chunk = sent(round);
            long start = chunks.start(chunk) + cut(chunk).start(segment);
            long length = cut(chunk).length(segment);
            to.source(rank, round == 0 ? INPUT : OUTPUT, start, length);
            if (round < shape.size() - 1) {
                to.target(next, SCRATCH, place(round, segment), length);
                to.put(PARTIAL);
            } else {
                to.target(next, OUTPUT, start, length);
                to.put(FINISHED);
            }
        }

        /** Adds this rank's part to the chunk that came in {@code round}. */
        void reduce(int round, int segment) {
            int chunk = Rings.shift(sent(round), -1, shape.size());
            long start = chunks.start(chunk) + cut(chunk).start(segment);
            long length = cut(chunk).length(segment);
            to.source(rank, SCRATCH, place(round, segment), length);
            to.source(rank, INPUT, start, length);
            to.target(rank, OUTPUT, start, length);
            to.reduce(shape.average() && round == shape.size() - 2);
        }
    }
}
