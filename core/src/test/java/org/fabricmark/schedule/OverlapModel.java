package org.fabricmark.schedule;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Two ranks that make the same calls with one {@link Lanes}, as a graph of entries and exits in which an edge means 'before'.
 * It knows only what is true by definition, and asserts for each call that both ranks have left the call that used its lane
 * before, whenever either of them enters it.
 */
final class OverlapModel {
    private static final int RANKS = 2;

    private final Lanes lanes;

    /** By event: all events before it. */
    private final List<BitSet> before = new ArrayList<>();

    /** By call, then by rank. */
    private final List<int[]> exits = new ArrayList<>();

    private int[] lastEntries;
    private int[] lastExecuted;

    OverlapModel(int lanes) {
        this.lanes = new Lanes(lanes);
    }

    /** The user's barrier. */
    void barrier() {
        lastExecuted = make(lanes.over(), true);
        lanes.barrierRan();
    }

    /** All calls are over before the next one. */
    void allOver() {
        lanes.allOver();
    }

    void call(boolean started, boolean synchronising) {
        long over = lanes.over();
        if (lanes.barrierFirst()) {
            over = exits.size();
            lastExecuted = make(over, true);
        }
        int call = exits.size();
        int lane = started ? lanes.nextStarted(synchronising) : lanes.next(synchronising);
        assertTrue(lane == call % lanes.count(), "lane " + lane + " of call " + call);
        int[] exit = make(over, synchronising);
        exits.add(exit);
        int former = call - lanes.count();
        for (int rank = 0; rank < RANKS && former >= 0; rank++) {
            for (int other = 0; other < RANKS; other++) {
                assertTrue(before.get(lastEntries[rank]).get(exits.get(former)[other]),
                        "rank " + rank + " enters call " + call + " while rank " + other + " may be in call " + former);
            }
        }
        lastExecuted = started ? lastExecuted : exit;
    }

    /** Entries and exits of a call or barrier; returns the exits. */
    private int[] make(long over, boolean synchronising) {
        int[] entries = new int[RANKS];
        for (int rank = 0; rank < RANKS; rank++) {
            entries[rank] = event();
            if (lastEntries != null) {
                precede(lastEntries[rank], entries[rank]);
            }
            if (lastExecuted != null) {
                precede(lastExecuted[rank], entries[rank]);
            }
            for (int call = 0; call < over; call++) {
                precede(exits.get(call)[rank], entries[rank]);
            }
        }
        int[] exit = new int[RANKS];
        for (int rank = 0; rank < RANKS; rank++) {
            exit[rank] = event();
            for (int other = 0; other < RANKS; other++) {
                if (other == rank || synchronising) {
                    precede(entries[other], exit[rank]);
                }
            }
        }
        lastEntries = entries;
        return exit;
    }

    private int event() {
        before.add(new BitSet());
        return before.size() - 1;
    }

    private void precede(int earlier, int later) {
        before.get(later).or(before.get(earlier));
        before.get(later).set(earlier);
    }
}
