package org.fabricmark.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.fabricmark.algorithm.Algorithms;
import org.fabricmark.algorithm.Emission;
import org.fabricmark.collective.Collective;
import org.fabricmark.collective.Shape;
import org.fabricmark.schedule.lowering.Lowering;
import org.fabricmark.schedule.lowering.Reach;
import org.junit.jupiter.api.Test;

class ScheduleTextTest {
    private static Schedule twoShot() {
        Shape shape = new Shape(
                Collective.ALL_REDUCE, 2, 5, 4, true, 0, false, org.fabricmark.collective.Tuning.DEFAULT);
        return new Emission(Algorithms.named(Collective.ALL_REDUCE, "two-shot").orElseThrow(), shape).schedule(1);
    }

    @Test
    void shouldPrintOneLineForEachStep() {
        assertEquals(
                """
                rank 1 of 2: all-reduce two-shot, 5 x 4 B, scratch 0, 2 signals
                     0  notify     rank 0, signal 0
                     1  await      rank 0, signal 0
                     2  reduce     0:input[3..5) + input[3..5) -> 0:output[3..5) + output[3..5), divide by 2
                     3  notify     rank 0, signal 1
                     4  await      rank 0, signal 1
                """,
                ScheduleText.of(twoShot()));
    }

    @Test
    void shouldPrintWhatLoweringMakesOfRemoteOperands() {
        assertEquals(
                """
                rank 1 of 2: all-reduce two-shot, 5 x 4 B, scratch 2, 2 signals
                     0  notify     rank 0, signal 0
                     1  await      rank 0, signal 0
                     2  get        0:input[3..5) -> scratch[0..2)
                     3  flush
                     4  reduce     scratch[0..2) + input[3..5) -> output[3..5), divide by 2
                     5  put        output[3..5) -> 0:output[3..5)
                     6  notify     rank 0, signal 1
                     7  await      rank 0, signal 1
                     8  flush
                """,
                ScheduleText.of(Lowering.lower(twoShot(), Reach.NONE)));
    }

    @Test
    void shouldLeaveAScheduleAloneWhenAllReachEachOther() {
        Schedule schedule = twoShot();
        assertEquals(schedule, Lowering.lower(schedule, Reach.ALL));
    }
}
