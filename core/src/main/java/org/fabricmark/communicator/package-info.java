/**
 * What users hold. Open {@link org.fabricmark.communicator.Communicator} first; with
 * {@link org.fabricmark.communicator.Window}, memory that peers can reach, and
 * {@link org.fabricmark.communicator.Plan}, a call bound to it, it is all that a user needs. A
 * {@link org.fabricmark.communicator.PlanRequest} says what to plan; a {@link org.fabricmark.communicator.Request} is a call that a plan
 * has started and not waited for. {@link org.fabricmark.communicator.Staged} makes calls on memory that peers cannot reach: it
 * copies into a window, and out of it, what the transport does not reach where it is.
 *
 * <p>A plan's way: {@code Emission} makes the schedule, {@code Lowering} fits it to the transport, {@code Agreement} compares
 * it with the other ranks' and settles the scratch, {@code LaneMemory} holds scratch and signals, {@code Binder} makes one
 * program for each lane. Where a call's buffers lie are its {@code CallSpaces}; of calls on private memory {@code PrivatePlacement}
 * decides that, and {@code PrivateBuffers} do it.
 *
 * <p>All ranks make the same calls in the same order, each on its own thread. The communicator owns everything made by it:
 * closing it closes all; windows and plans may be closed before, collectively.
 */
package org.fabricmark.communicator;
