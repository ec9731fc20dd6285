package org.fabricmark.schedule.verify;

import org.fabricmark.schedule.Schedule;

/**
 * A call with its place in the execution.
 *
 * @param number counts inserted barriers too; names the inputs in {@link Values}
 * @param index as the user counts
 * @param call the call
 * @param bank signal bank and scratch: the lane, or the number of lanes for a barrier
 * @param after a rank enters it when it has left this many calls, counted from the first
 * @param slot its place among the calls that are under way at the same time, and its pair of user's buffers
 * @param started whether a rank may enter the next call before it has left this one
 */
record PlannedCall(int number, int index, Call call, int bank, int after, int slot, boolean started) {
    /** A call that is entered when all before it have been left, and left before the next is entered. */
    static PlannedCall executed(int number, int index, Call call, int bank) {
        return new PlannedCall(number, index, call, bank, number, 0, false);
    }

    Schedule schedule(int rank) {
        return call.schedules().get(rank);
    }
}
