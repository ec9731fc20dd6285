/**
 * The verifier: proves that the schedules of all ranks together compute what their collective defines, in every interleaving.
 *
 * <p>Open {@link org.fabricmark.schedule.verify.Verifier} first, then {@code Execution}, which runs all ranks once, in one
 * canonical order, and {@code Steps}, which says what each step means. One order is enough: signals are the only way to wait, each has one writer and one reader, and no step
 * waits for one of several events, so the n-th bump of a signal is the same event in every interleaving (a Kahn network), and
 * so is the happens-before relation. What could differ between interleavings is exactly a pair of conflicting accesses
 * without an order, which is reported as a race.
 *
 * <p>{@code Clocks} holds a vector clock for each channel; {@code Accesses} knows when an access of a channel, or of a wire
 * on behalf of a put or get, is certain to be over; {@code Shadow} keeps, for each interval of each buffer, the last write
 * and the reads since (FastTrack epochs: Flanagan, Freund, PLDI 2009), with the symbolic value from {@code Values}. Intervals
 * split where slices do, so effort does not depend on the count.
 *
 * <p>{@link org.fabricmark.schedule.verify.Theorem} enumerates what there is to prove about an algorithm.
 * {@link org.fabricmark.schedule.verify.CallSequence} is about different calls in a row,
 * {@link org.fabricmark.schedule.verify.OverlappingCalls} about calls that may be under way at the same time: then each has actors and wires
 * of its own, so that nothing but the rule of lanes orders one call's accesses against another's.
 *
 * <p>Thread rule: a verification is single-threaded and shares nothing; run as many at once as there are cores.
 */
package org.fabricmark.schedule.verify;
