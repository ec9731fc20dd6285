package org.fabricmark.bench.harness;

import java.util.HashSet;
import java.util.Set;
import org.fabricmark.bench.cases.BenchmarkCase;
import org.fabricmark.bench.cases.Conditions;
import org.fabricmark.collective.Collective;
import org.fabricmark.collective.DataType;
import org.fabricmark.collective.ReduceOp;

/**
 * Remembers which paths through the code have been run, because the first case on a path must warm up longer: while the optimising
 * compiler still works on a method, which takes it a tenth of a second and more, rounds of slower code look steady.
 *
 * <p>Thread rule: used by one rank 0 after the other.
 */
final class ColdCode {
    /** Long enough for the compiler to finish what a new path gives it, on two cores that ranks keep busy. */
    private static final long NANOS = 400_000_000;

    /** Up to here operands are handled without a loop. */
    private static final long LOOP_FROM_BYTES = 256;

    private record Path(
            Collective collective, String algorithm, DataType type, ReduceOp op, boolean pair, boolean loops,
            Conditions conditions) {}

    private final Set<Path> seen = new HashSet<>();
    private final long mostNanos;

    /** @param budgetNanos of the whole sweep; a short one shortens warm-up too */
    ColdCode(long budgetNanos) {
        this.mostNanos = Math.min(NANOS, budgetNanos / 4);
    }

    /** For how long {@code subject} must warm up at least: 0 once its path has been run. */
    synchronized long leastWarmupNanos(BenchmarkCase subject) {
        Path path = new Path(
                subject.collective(),
                subject.algorithm().name(),
                subject.type(),
                subject.op(),
                subject.ranks() == 2,
                subject.bytes() >= LOOP_FROM_BYTES,
                subject.conditions());
        return seen.add(path) ? mostNanos : 0;
    }
}
