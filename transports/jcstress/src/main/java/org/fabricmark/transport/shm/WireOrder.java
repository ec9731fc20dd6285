package org.fabricmark.transport.shm;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IJJ_Result;

/** A bump shows all puts that were issued before it on its wire, not only the last. */
@JCStressTest
@Outcome(id = "0, 0, 0", expect = ACCEPTABLE, desc = "The bump has not arrived.")
@Outcome(id = "1, 5, 6", expect = ACCEPTABLE, desc = "Both puts are in place.")
@Outcome(expect = FORBIDDEN, desc = "The bump has overtaken a put.")
@State
public class WireOrder {
    private final Line line = new Line();

    /** Rank 0. */
    @Actor
    public void source() {
        line.put(5, 0);
        line.put(6, 1);
        line.bump(1);
    }

    /** Rank 1. */
    @Actor
    public void reader(IJJ_Result result) {
        if (line.arrived(1)) {
            result.r1 = 1;
            result.r2 = line.got(0);
            result.r3 = line.got(1);
        }
    }
}
