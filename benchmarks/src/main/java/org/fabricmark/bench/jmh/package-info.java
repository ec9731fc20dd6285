/**
 * The harness of record: collective calls as JMH benchmarks.
 *
 * <p>Open {@link org.fabricmark.bench.jmh.Start} first: it is what {@code java -jar benchmarks.jar} runs.
 */
package org.fabricmark.bench.jmh;
