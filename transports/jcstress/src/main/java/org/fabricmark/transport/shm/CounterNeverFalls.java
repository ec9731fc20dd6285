package org.fabricmark.transport.shm;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A counter that has reached a total has reached all lower ones. */
@JCStressTest
@Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "No bump has arrived.")
@Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "The first one arrived after it was looked for the second.")
@Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "Both have arrived.")
@Outcome(expect = FORBIDDEN, desc = "The second bump was seen, and then not the first.")
@State
public class CounterNeverFalls {
    private final Line line = new Line();

    /** Rank 0. */
    @Actor
    public void source() {
        line.bump(1);
        line.bump(2);
    }

    /** Rank 1. */
    @Actor
    public void reader(II_Result result) {
        result.r1 = line.arrived(2) ? 1 : 0;
        result.r2 = line.arrived(1) ? 1 : 0;
    }
}
