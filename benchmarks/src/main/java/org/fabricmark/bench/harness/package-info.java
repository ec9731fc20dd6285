/**
 * Measuring. Open {@link org.fabricmark.bench.harness.Sweep} first: it runs the cases of a
 * {@link org.fabricmark.bench.harness.SweepRequest} and tells a {@link org.fabricmark.bench.harness.SweepListener}; the facts below
 * a table are a {@link org.fabricmark.bench.harness.Footer}, what it all needs are
 * {@link org.fabricmark.bench.harness.MemoryNeeds}.
 *
 * <p>Inside, in the order of the flow: {@code SweepOrder} sorts cases into jobs and tables; {@code JobRun} is what every rank
 * of a job does, whether it is a thread or a process ({@code RankMain}, told by a {@code RankWork}); {@code SideChannel} holds
 * the lines that ranks share beside the transport that is measured; {@code CaseRun} measures one case,
 * the same code on every rank, whose leader's decisions travel by {@code AllGatherLongs}; {@code RankCase} is the case's call
 * and data ({@code DataPattern}, {@code ResultCheck}); {@link org.fabricmark.bench.harness.RankLoop} makes the timed calls, or
 * {@code IsolatedLoop} one by one, and {@code ControlLine} ends them; {@code Samples} and {@code SteadyState} look at the times, {@code JustInTime} at the compiler,
 * {@code LimitProbes} at what the machine could do, with {@code PeerMemory} to find peers' buffers. {@code OverlapRun} starts
 * the same calls and computes meanwhile.
 *
 * <p>What a call does is a {@code CaseCall}: a plan, or several in turn ({@code RotatedPlans}), or copies around them
 * ({@code StagedCalls}); {@code CaseBuffers} says in which memory, {@link org.fabricmark.bench.harness.BufferRing} where in it.
 *
 * <p>While calls are timed, a rank does nothing but call, look at one line, and read its clock once a batch. Everything here
 * belongs to the rank's thread unless it says otherwise.
 */
package org.fabricmark.bench.harness;
