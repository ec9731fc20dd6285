package org.fabricmark.bench.harness;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SteadyStateTest {
    private final SteadyState steady = new SteadyState();

    @Test
    void shouldNeedThreeRounds() {
        steady.add(1, 10);
        steady.add(1, 10);
        assertFalse(steady.reached());
        steady.add(1.04, 10);
        assertTrue(steady.reached());
    }

    @Test
    void shouldWaitWhileTheCompilerWorks() {
        steady.add(1, 10);
        steady.add(1, 10);
        steady.add(1, 11);
        assertFalse(steady.reached());
        steady.add(1, 11);
        assertFalse(steady.reached());
        steady.add(1, 11);
        assertTrue(steady.reached());
    }

    @Test
    void shouldWaitWhileTimesStillChange() {
        for (double time = 8; time > 1; time *= 0.9) {
            steady.add(time, 10);
            assertFalse(steady.reached());
        }
    }
}
