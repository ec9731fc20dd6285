package org.fabricmark.transport.fault;

import java.util.SplittableRandom;

/** Counts, on one rank, the operations that count for one fault, and says when it happens. */
final class FaultTrigger {
    private final Fault fault;
    private final SplittableRandom random;
    private final long drawn;
    private long count;
    private boolean happened;

    FaultTrigger(Fault fault, SplittableRandom random) {
        this.fault = fault;
        this.random = random;
        this.drawn = switch (fault.when()) {
            case Fault.When.Step step -> step.number();
            case Fault.When.Between range -> random.nextLong(range.first(), range.last() + 1);
            case Fault.When.OneIn _ -> 0;
        };
    }

    /** Counts {@code operation}, if it counts. @return whether the fault happens to it */
    boolean happensTo(Operation operation) {
        boolean counts = (fault.peer() == Fault.ANY || fault.peer() == operation.peer())
                && operation.bytes() >= fault.leastBytes()
                && (fault.kind() != FaultKind.CORRUPT || operation.bytes() > 0);
        if (!counts) {
            return false;
        }
        count++;
        boolean now = fault.when() instanceof Fault.When.OneIn(long odds) ? random.nextLong(odds) == 0 : count == drawn;
        happened |= now;
        return now;
    }

    Fault fault() {
        return fault;
    }

    /** Whether it should have happened by the end and has not. */
    boolean missed() {
        return !happened && !(fault.when() instanceof Fault.When.OneIn);
    }

    /** Operations that have counted. */
    long count() {
        return count;
    }
}
