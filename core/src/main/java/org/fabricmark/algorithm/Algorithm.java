package org.fabricmark.algorithm;

import java.util.Optional;
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
    /** The name of the command line, for example {@code two-shot}; unique within its collective. */
    String name();

    /** What it computes. */
    Collective collective();

    /** One line: how it works, for a reader who chooses among algorithms. */
    String summary();

    /** Where the algorithm is described: paper, or book, and what was changed for one-sided puts. */
    String source();

    /** The cost formula in the usual letters, for people; {@link #cost} is the same as data. */
    String costFormula();

    /** Why it does not take this shape, or empty when it does. */
    default Optional<String> refusal(Shape shape) {
        return Optional.empty();
    }

    /** Whether every rank's entry happens before every rank's exit; proven when claimed. */
    boolean synchronising(Shape shape);

    /** What is promised about the order in which contributions are combined; proven when claimed. */
    ResultOrder order();

    /** Elements of scratch that each rank provides. */
    long scratchElements(Shape shape);

    /** Signal indices that are used: 0 to this number, exclusive. */
    int signals(Shape shape);

    /** The declared cost of the direct form; each figure is the largest over all ranks. */
    Cost cost(Shape shape);

    /** Emits the steps of {@code rank}. */
    void emit(Shape shape, int rank, StepSink to);
}
