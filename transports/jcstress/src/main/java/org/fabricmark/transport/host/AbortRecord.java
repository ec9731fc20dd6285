package org.fabricmark.transport.host;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.fabricmark.memory.AddressSpace;
import org.fabricmark.transport.Failure;
import org.fabricmark.transport.Failure.Category;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** Of two ranks that abort at the same time one wins, and who sees the record sees all of it. */
@JCStressTest
@Outcome(id = "1, 0, 1", expect = ACCEPTABLE, desc = "Rank 1 won; it was not published yet when rank 2 looked.")
@Outcome(id = "1, 1, 1", expect = ACCEPTABLE, desc = "Rank 1 won, and rank 2 read its record.")
@Outcome(id = "0, 2, 2", expect = ACCEPTABLE, desc = "Rank 2 won, and read its own record.")
@Outcome(expect = FORBIDDEN, desc = "Both have won, or a record was seen in part.")
@State
public class AbortRecord {
    private final MemorySegment memory =
            Arena.ofAuto().allocate(HostLayout.ABORT_TEXT + HostLayout.ABORT_TEXT_BYTES, 128);
    private final long base = memory.address();

    /** Rank 1: whether it has won. */
    @Actor
    public void one(III_Result result) {
        result.r1 = abort(1) ? 1 : 0;
    }

    /** Rank 2: whose record it sees; 0 none, -1 one that is not whole. */
    @Actor
    public void two(III_Result result) {
        abort(2);
        result.r2 = seen();
    }

    /** Whose record it is in the end. */
    @Arbiter
    public void end(III_Result result) {
        result.r3 = seen();
    }

    private boolean abort(int rank) {
        boolean won = AddressSpace.compareAndSetLong(base + HostLayout.ABORT_CLAIM, 0, rank + 1L);
        if (won) {
            HostAbortRecord.write(base, new Failure(Category.LINK_LOST, rank, 10 + rank, 20 + rank, "shm", 30 + rank,
                    "rank " + rank));
        }
        return won;
    }

    private int seen() {
        if (AddressSpace.getLongAcquire(base + HostLayout.ABORT_PUBLISHED) == 0) {
            return 0;
        }
        Failure failure = HostAbortRecord.read(base, "shm");
        int rank = failure.rank();
        boolean whole =
                failure.peer() == 10 + rank && failure.step() == 20 + rank && failure.elapsedNanos() == 30 + rank
                        && failure.what().equals("rank " + rank);
        return whole ? rank : -1;
    }
}
