package org.fabricmark.algorithm;

import java.util.Optional;
import java.util.Set;
import org.fabricmark.collective.Chunks;
import org.fabricmark.collective.Collective;
import org.fabricmark.collective.Shape;
import org.fabricmark.schedule.Cost;
import org.fabricmark.schedule.StepSink;

/**
 * A collective algorithm: a pure function from a shape and a rank to steps, with its cost stated beside it as data that the
 * verifier counts again.
 *
 * <p>The methods that take a {@link Shape} are called for shapes of this collective with at least two ranks and, where data
 * move, at least one element; {@link Emission} handles the trivial shapes once, for all algorithms.
 *
 * <p>Thread rule: implementations are stateless; any thread.
 */
public interface Algorithm {
    /** What it is, for people and for the catalogue. */
    Description description();

    /** As in the {@link #description}. */
    default String name() {
        return description().name();
    }

    /** As in the {@link #description}. */
    default Collective collective() {
        return description().collective();
    }

    /** As in the {@link #description}. */
    default ResultOrder order() {
        return description().order();
    }

    /** Why it does not take this shape, or empty when it does. */
    default Optional<String> refusal(Shape shape) {
        return Optional.empty();
    }

    /** What of a shape's tuning a user may set; whatever is not named here makes no difference to this algorithm. */
    default Set<Tunable> tunables() {
        return Set.of();
    }

    /** Whether every rank's entry happens before every rank's exit; proven when claimed. */
    boolean synchronising(Shape shape);

    /** Elements of scratch that each rank provides. */
    long scratchElements(Shape shape);

    /** Signal indices that are used: 0 to this number, exclusive. */
    int signals(Shape shape);

    /** The longest piece of data that is cut into segments, as it is cut; for algorithms that name {@link Tunable#SEGMENT}. */
    default Optional<Chunks> segmented(Shape shape) {
        return Optional.empty();
    }

    /** Channels that are used. */
    default int channels() {
        return 1;
    }

    /** The declared cost of the direct form; each figure is the largest over all ranks. */
    Cost cost(Shape shape);

    /** Emits the steps of {@code rank}. */
    void emit(Shape shape, int rank, StepSink to);
}
