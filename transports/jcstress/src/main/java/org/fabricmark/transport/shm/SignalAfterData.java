package org.fabricmark.transport.shm;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IJ_Result;

/** A counter that has been raised shows the data that were put before it. */
@JCStressTest
@Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "The bump has not arrived; nobody looks at the data.")
@Outcome(id = "1, 7", expect = ACCEPTABLE, desc = "The bump has arrived, and the data with it.")
@Outcome(expect = FORBIDDEN, desc = "The signal was seen before its data.")
@State
public class SignalAfterData {
    private final Line line = new Line();

    /** Rank 0. */
    @Actor
    public void source() {
        line.put(7, 1, 1, false);
    }

    /** Rank 1. */
    @Actor
    public void reader(IJ_Result result) {
        if (line.arrived(1)) {
            result.r1 = 1;
            result.r2 = line.got(0);
        }
    }
}
