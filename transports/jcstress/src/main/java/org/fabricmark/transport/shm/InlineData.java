package org.fabricmark.transport.shm;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IJJ_Result;

/** Data that travel within the signal's line are complete when the counter is seen, and put in place by who sees it. */
@JCStressTest
@Outcome(id = "0, 0, 0", expect = ACCEPTABLE, desc = "The bump has not arrived; nothing has been put in place.")
@Outcome(id = "1, 7, 7", expect = ACCEPTABLE, desc = "The bump has arrived; the first and the last long are in place.")
@Outcome(expect = FORBIDDEN, desc = "The counter was seen before descriptor or data.")
@State
public class InlineData {
    private final Line line = new Line();

    /** Rank 0. */
    @Actor
    public void source() {
        line.put(7, 6, 1, true);
    }

    /** Rank 1. */
    @Actor
    public void reader(IJJ_Result result) {
        if (line.arrived(1)) {
            result.r1 = 1;
            result.r2 = line.got(0);
            result.r3 = line.got(5);
        }
    }
}
