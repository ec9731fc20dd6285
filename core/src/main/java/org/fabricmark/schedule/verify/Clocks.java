package org.fabricmark.schedule.verify;

import java.util.Arrays;

/**
 * A vector clock for each actor (a channel of a rank). The own component is kept apart from the vector, and vectors are
 * copied on write, so that many bumps between two waits share one vector: 1,024 ranks that all bump each other need 1,024
 * vectors, not a million.
 */
final class Clocks {
    private final int[] own;
    private final int[][] others;
    private final boolean[] shared;

    Clocks(int actors) {
        own = new int[actors];
        shared = new boolean[actors];
        others = new int[actors][];
        int[] zero = new int[actors];
        Arrays.fill(others, zero);
        Arrays.fill(shared, true);
    }

    /** Begins the next event of {@code actor} and returns its time. */
    int tick(int actor) {
        return ++own[actor];
    }

    /** Time of the present event of {@code actor}. */
    int now(int actor) {
        return own[actor];
    }

    /** What {@code actor} knows of others, for someone to {@link #join} later; never changes. */
    int[] snapshot(int actor) {
        shared[actor] = true;
        return others[actor];
    }

    /** Whether the event of {@code other} at {@code time} happens before the present event of {@code actor}. */
    boolean knows(int actor, int other, int time) {
        return (actor == other ? own[actor] : others[actor][other]) >= time;
    }

    /** {@code actor} learns of the event of {@code other} at {@code time}, and of all that {@code other} knew then. */
    void join(int actor, int other, int time, int[] known) {
        if (knows(actor, other, time)) {
            return;
        }
        if (shared[actor]) {
            others[actor] = others[actor].clone();
            shared[actor] = false;
        }
        int[] mine = others[actor];
        for (int i = 0; i < mine.length; i++) {
            mine[i] = Math.max(mine[i], known[i]);
        }
        mine[other] = Math.max(mine[other], time);
    }
}
