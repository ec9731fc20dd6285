/**
 * What is to be measured. Open {@link org.fabricmark.bench.cases.BenchmarkCase} first: one line of a table, checked when it is
 * made, with its algorithm resolved and its stored name. {@link org.fabricmark.bench.cases.SizeSweep} makes the sizes of a table,
 * {@link org.fabricmark.bench.cases.MessageSize} turns a size into elements,
 * {@link org.fabricmark.bench.cases.AlgorithmRequest} is an algorithm with what was asked of it, and
 * {@link org.fabricmark.bench.cases.Conditions} are the parts of a case that do not change what is computed:
 * {@link org.fabricmark.bench.cases.Memory}, {@link org.fabricmark.bench.cases.Cadence},
 * {@link org.fabricmark.bench.cases.Buffers} and {@link org.fabricmark.bench.cases.Arrival}.
 *
 * <p>Everything here is an immutable value. Messages of refused values are one line for the user.
 */
package org.fabricmark.bench.cases;
