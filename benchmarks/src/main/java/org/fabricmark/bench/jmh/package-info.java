/**
 * The harness of record: benchmarks for JMH.
 *
 * <p>Open {@link org.fabricmark.bench.jmh.CollectiveBenchmark} first: collective calls, whose rank 0 is JMH's thread, in the
 * loop of {@link org.fabricmark.bench.harness.RankLoop} that the command {@code perf} uses too.
 * {@link org.fabricmark.bench.jmh.EngineBenchmark} and {@link org.fabricmark.bench.jmh.ReductionBenchmark} measure the parts
 * of a call on one thread: steps that move nothing, and the loops that touch every element.
 * {@link org.fabricmark.bench.jmh.Start} is what {@code java -jar benchmarks.jar} runs.
 *
 * <p>Forks add the vector module and native access themselves, for they do not inherit the manifest of the jar.
 */
package org.fabricmark.bench.jmh;
