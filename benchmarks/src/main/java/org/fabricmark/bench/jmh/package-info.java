/**
 * The harness of record: benchmarks for JMH, one class for each kind of measurement.
 *
 * <p>Open {@link org.fabricmark.bench.jmh.CollectiveBenchmark} first: collective calls, whose rank 0 is JMH's thread, in the
 * loop of {@link org.fabricmark.bench.harness.RankLoop} that the command {@code perf} uses too.
 * {@link org.fabricmark.bench.jmh.PrimitiveBenchmark} measures what a transport does for one put or one signal,
 * {@link org.fabricmark.bench.jmh.VerbsBenchmark} what RDMA verbs cost below that,
 * {@link org.fabricmark.bench.jmh.EngineBenchmark} and {@link org.fabricmark.bench.jmh.ReductionBenchmark} the parts
 * of a call on one thread: steps that move nothing, and the loops that touch every element.
 * {@link org.fabricmark.bench.jmh.HarnessBenchmark} measures the harness itself, by calls whose time is known.
 *
 * <p>{@link org.fabricmark.bench.jmh.JmhRun} runs them, for {@code java -jar} and for the command {@code jmh}: {@code ForkFlags} are
 * what the JVMs of benchmarks need, {@link org.fabricmark.bench.jmh.CallFigures} brings secondary results home, {@code RunRecord}
 * notices failures, and {@code ForkLife} ends a fork whose JMH was killed. {@code MeasuredInForks} is how all are measured.
 *
 * <p>Threads: JMH has one. The ranks beside it are started and ended by {@link org.fabricmark.bench.harness.LedCase}.
 */
package org.fabricmark.bench.jmh;
