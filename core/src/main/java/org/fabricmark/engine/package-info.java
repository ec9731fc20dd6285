/**
 * Running a schedule. Open {@link org.fabricmark.engine.Engine} first: the loop that runs a
 * {@link org.fabricmark.engine.Program} over a transport, and waits. Programs come from
 * {@link org.fabricmark.engine.Binder}, which checks every slice of a schedule against the memory of a
 * {@link org.fabricmark.engine.Binding}, once, and turns it into flat code with absolute addresses ({@code Opcode} draws it); a {@code Relocation} is what
 * of it follows private memory from call to call.
 * {@link org.fabricmark.engine.SignalTotals} are the books of signals, carried from call to call. Where calls overlap, a
 * {@link org.fabricmark.engine.CallQueue} enters them in order and advances them in turn; each is a
 * {@link org.fabricmark.engine.PendingCall} there. {@link org.fabricmark.engine.PostedSteps} asks what a transport would post for a
 * schedule, without running it.
 *
 * <p>On the step path nothing allocates, locks, logs, calls the operating system or reads a clock; {@code Patience} does the
 * rare rest: deadline, abort, interruption; {@code Standstill} does it for ranks that ask and do not wait. All types belong to the rank's thread, and none of them owns memory.
 */
package org.fabricmark.engine;
