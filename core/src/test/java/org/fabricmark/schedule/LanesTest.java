package org.fabricmark.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LanesTest {
    private static final long SEED = Long.getLong("fabricmark.seed", 1);

    @BeforeAll
    static void printSeed() {
        System.out.println("fabricmark.seed=" + SEED);
    }

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
        SplittableRandom random = new SplittableRandom(SEED);
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
    void shouldNeverNeedABarrierWhenEveryCallIsStartedAndSynchronises() {
        for (int count : new int[] {2, 4, 8}) {
            Lanes lanes = new Lanes(count);
            for (int call = 0; call < 100; call++) {
                assertFalse(lanes.barrierFirst());
                assertEquals(Math.max(0, call - count / 2 + 1), lanes.over(), "half of the lanes are under way");
                assertEquals(call % count, lanes.nextStarted(true));
            }
        }
    }

    @Test
    void shouldForgetStartedCallsOnceTheLimitSaysThatTheyAreOver() {
        Lanes lanes = new Lanes(4);
        lanes.nextStarted(true);
        lanes.next(true);
        lanes.next(true);
        assertEquals(3, lanes.over());
    }

    /** All sequences of some calls: each started or executed, synchronising or not, with a barrier before it or not. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4})
    void shouldOrderEveryReuseOfALaneInEverySequence(int count) {
        int calls = count == 4 ? 6 : 5;
        for (int choice = 0; choice < 1 << 3 * calls; choice++) {
            OverlapModel model = new OverlapModel(count);
            for (int call = 0; call < calls; call++) {
                int bits = choice >>> 3 * call;
                if ((bits & 4) != 0) {
                    model.barrier();
                }
                model.call((bits & 1) != 0, (bits & 2) != 0);
            }
        }
    }

    @Test
    void shouldOrderEveryReuseOfALaneInLongSequences() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int run = 0; run < 2000; run++) {
            OverlapModel model = new OverlapModel(2 + random.nextInt(7));
            for (int call = 0; call < 40; call++) {
                if (random.nextInt(10) == 0) {
                    model.barrier();
                }
                if (random.nextInt(20) == 0) {
                    model.allOver();
                }
                model.call(random.nextBoolean(), random.nextInt(4) > 0);
            }
        }
    }

    @Test
    void shouldRefuseASingleLane() {
        assertThrows(IllegalArgumentException.class, () -> new Lanes(1));
    }
}
