package org.fabricmark.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LanesTest {
    @Test
    void shouldNeverNeedABarrierWhenEveryCallSynchronises() {
        Lanes lanes = new Lanes(4);
        for (int call = 0; call < 100; call++) {
            assertFalse(lanes.barrierFirst());
            assertEquals(call % 4, lanes.next(true));
        }
    }

    @Test
    void shouldInsertOneBarrierForEachRoundOfLanesWhenNoCallSynchronises() {
        Lanes lanes = new Lanes(4);
        List<Integer> barriersBefore = new ArrayList<>();
        for (int call = 0; call < 16; call++) {
            if (lanes.barrierFirst()) {
                barriersBefore.add(call);
            }
            lanes.next(false);
        }
        assertEquals(List.of(4, 8, 12), barriersBefore);
    }

    /** The rule itself, over random calls: something synchronising lies strictly between two users of a lane. */
    @Test
    void shouldOrderEveryReuseOfALane() {
        SplittableRandom random = new SplittableRandom(1);
        for (int count = 2; count <= 5; count++) {
            Lanes lanes = new Lanes(count);
            List<Double> synchronising = new ArrayList<>(); // a barrier before call k is at k - 0.5
            for (int call = 0; call < 1000; call++) {
                if (lanes.barrierFirst()) {
                    synchronising.add(call - 0.5);
                }
                int earlier = call - count;
                int now = call;
                assertTrue(
                        earlier < 0 || synchronising.stream().anyMatch(s -> s > earlier && s < now),
                        count + " lanes, call " + call);
                boolean synchronises = random.nextInt(3) == 0;
                assertEquals(call % count, lanes.next(synchronises));
                if (synchronises) {
                    synchronising.add((double) call);
                }
            }
        }
    }

    @Test
    void shouldInsertNoBarrierWhenTheUserRunsOneBetweenCalls() {
        Lanes lanes = new Lanes(4);
        for (int call = 0; call < 50; call++) {
            assertFalse(lanes.barrierFirst());
            lanes.next(false);
            lanes.barrierRan();
        }
    }

    @Test
    void shouldRefuseASingleLane() {
        assertThrows(IllegalArgumentException.class, () -> new Lanes(1));
    }
}
