package org.fabricmark.schedule.verify;

import org.fabricmark.schedule.Schedule;

/**
 * A call with its place in the execution.
 *
 * @param number counts inserted barriers too; names the inputs in {@link Values}
 * @param index as the user counts
 * @param call the call
 * @param bank signal bank and scratch: the lane, or the number of lanes for an inserted barrier
 */
record PlannedCall(int number, int index, Call call, int bank) {
    Schedule schedule(int rank) {
        return call.schedules().get(rank);
    }
}
