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
import org.fabricmark.schedule.Space;
import org.fabricmark.schedule.StepSink;

/**
 * The ring, with every chunk cut into segments: a segment is passed on as soon as it is reduced, so that a rank reduces one
 * while the next is on its way. The segments of a chunk follow each other on one wire.
 *
 * <p>Scratch and ordering are those of the ring ({@link RingAllReduce}), segment by segment. All chunks are cut into as many
 * segments as the longest.
 */
final class SegmentedRingAllReduce implements Algorithm {
    private static final Description DESCRIPTION = new Description(
            Collective.ALL_REDUCE,
            "segmented-ring",
            "the ring, with chunks passed on segment by segment while they are being reduced",
            "Open MPI's segmented ring (after Patarasuk, Yuan, JPDC 69 (2009)); p-1 slots for one-sided puts",
            "2(p-1) rounds, pipelined; 2(p-1)/p m moved, (p-1)/p m reduced, (p-1)/p m scratch",
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
        return (shape.size() - 1) * chunks(shape).length(0);
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
                ring.rounds(), ring.messages() * segments(shape), ring.moved(), ring.reduced(), ring.scratch());
    }

    @Override
    public void emit(Shape shape, int rank, StepSink to) {
        int size = shape.size();
        Ring ring = new Ring(shape, rank, Rings.shift(rank, 1, size), chunks(shape), segments(shape), to);
        int previous = Rings.shift(rank, -1, size);
        for (int segment = 0; segment < ring.segments; segment++) {
            ring.put(rank, segment, INPUT, 0);
        }
        // Round s brings chunk rank - 1 - s: reduced, it goes on, in the last round as finished.
        for (int round = 0; round < size - 1; round++) {
            int chunk = Rings.shift(rank, -1 - round, size);
            for (int segment = 0; segment < ring.segments; segment++) {
                to.await(previous, PARTIAL, 1);
                ring.reduce(chunk, segment, round);
                ring.put(chunk, segment, OUTPUT, round + 1);
            }
        }
        // Round s brings chunk rank - s, finished.
        for (int round = 0; round < size - 1; round++) {
            int chunk = Rings.shift(rank, -round, size);
            for (int segment = 0; segment < ring.segments; segment++) {
                to.await(previous, FINISHED, 1);
                if (round < size - 2) {
                    ring.put(chunk, segment, OUTPUT, size - 1);
                }
            }
        }
        to.flush();
    }

    /** One rank's side of the ring. */
    private record Ring(Shape shape, int rank, int next, Chunks chunks, int segments, StepSink to) {
        private Chunks cut(int chunk) {
            return Chunks.of(chunks.length(chunk), segments, shape.elementBytes());
        }

        /** Puts a segment into the next rank's slot of {@code round}, or, behind the last round, into its output. */
        void put(int chunk, int segment, Space from, int round) {
            Chunks cut = cut(chunk);
            long start = chunks.start(chunk) + cut.start(segment);
            long length = cut.length(segment);
            to.source(rank, from, start, length);
            if (round < shape.size() - 1) {
                to.target(next, SCRATCH, round * chunks.length(0) + cut.start(segment), length);
                to.put(PARTIAL);
            } else {
                to.target(next, OUTPUT, start, length);
                to.put(FINISHED);
            }
        }

        void reduce(int chunk, int segment, int round) {
            Chunks cut = cut(chunk);
            long start = chunks.start(chunk) + cut.start(segment);
            long length = cut.length(segment);
            to.source(rank, SCRATCH, round * chunks.length(0) + cut.start(segment), length);
            to.source(rank, INPUT, start, length);
            to.target(rank, OUTPUT, start, length);
            to.reduce(shape.average() && round == shape.size() - 2);
        }
    }
}
