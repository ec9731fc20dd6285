/**
 * Measuring. Open {@link org.fabricmark.bench.harness.Sweep} first: it runs the cases of a
 * {@link org.fabricmark.bench.harness.SweepRequest} and tells a {@link org.fabricmark.bench.harness.SweepListener}.
 */
package org.fabricmark.bench.harness;
