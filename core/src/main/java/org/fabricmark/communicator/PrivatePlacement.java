package org.fabricmark.communicator;

import java.util.Set;
import java.util.stream.IntStream;
import org.fabricmark.algorithm.Algorithm;
import org.fabricmark.algorithm.Emission;
import org.fabricmark.collective.Shape;
import org.fabricmark.schedule.Space;
import org.fabricmark.schedule.lowering.Lowering;
import org.fabricmark.schedule.lowering.Reach;
import org.fabricmark.schedule.lowering.ReachedSpaces;

/**
 * Which buffers of a call on private memory may stay where they are: those that no peer touches. A pure function of what all ranks
 * know, so that they decide alike.
 *
 * <p>A call in place stays in place when neither buffer is touched. If only one is, the two cannot lie in each other any more, so the call
 * becomes one out of place: its input is read only, and what is copied out comes after the last step.
 *
 * @param shape what is planned
 * @param input whether the input stays
 * @param output whether the output stays
 */
record PrivatePlacement(Shape shape, boolean input, boolean output) {
    /** Both buffers are copied. */
    static PrivatePlacement staged(Shape shape) {
        return new PrivatePlacement(shape, false, false);
    }

    /**
     * What is best for a call of shape {@code asked} between ranks that have no direct access to each other.
     *
     * @param asked in place or not, as the caller's request is
     */
    static PrivatePlacement of(Algorithm algorithm, Shape asked) {
        if (asked.isEmpty()) {
            return staged(asked);
        }
        if (asked.inPlace()) {
            Set<Space> reached = reached(algorithm, asked);
            if (!reached.contains(Space.INPUT) && !reached.contains(Space.OUTPUT)) {
                return new PrivatePlacement(asked, true, true);
            }
        }
        Shape apart = asked.withInPlace(false);
        if (algorithm.refusal(apart).isPresent()) {
            return staged(asked);
        }
        Set<Space> reached = reached(algorithm, apart);
        boolean input = !reached.contains(Space.INPUT);
        boolean output = !reached.contains(Space.OUTPUT);
        return input || output ? new PrivatePlacement(apart, input, output) : staged(asked);
    }

    private static Set<Space> reached(Algorithm algorithm, Shape shape) {
        Emission emission = new Emission(algorithm, shape);
        return ReachedSpaces.of(
                IntStream.range(0, shape.size()).mapToObj(rank -> Lowering.lower(emission.schedule(rank), Reach.NONE)));
    }

    /** Whether both stay, one in the other. */
    boolean joint() {
        return shape.inPlace() && input;
    }
}
