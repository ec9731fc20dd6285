package org.fabricmark.transport.shm;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/** A line carries inline data again once its reader has answered: the lane rule gives no more order than that. */
@JCStressTest
@Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "The first bump has not arrived.")
@Outcome(id = "3, 0", expect = ACCEPTABLE, desc = "The first one has; the second has not.")
@Outcome(id = "3, 4", expect = ACCEPTABLE, desc = "Both have, each with its own data.")
@Outcome(expect = FORBIDDEN, desc = "Data of one bump were seen with the other, or torn.")
@State
public class LaneReuse {
    private static final int POLLS = 100;

    private final Line line = new Line();

    /** Rank 0. */
    @Actor
    public void source() {
        line.put(3, 6, 1, true);
        for (int poll = 0; poll < POLLS; poll++) {
            if (line.answered(1)) {
                line.put(4, 6, 2, true);
                return;
            }
        }
    }

    /** Rank 1. */
    @Actor
    public void reader(JJ_Result result) {
        for (int poll = 0; poll < POLLS; poll++) {
            if (line.arrived(1)) {
                result.r1 = same();
                line.answer(1);
                break;
            }
        }
        for (int poll = 0; result.r1 != 0 && poll < POLLS; poll++) {
            if (line.arrived(2)) {
                result.r2 = same();
                return;
            }
        }
    }

    /** The value of the first and the last long of the data, or -1 if they differ. */
    private long same() {
        long first = line.got(0);
        return first == line.got(5) ? first : -1;
    }
}
