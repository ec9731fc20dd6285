/**
 * Tables of primitives. Open {@link org.fabricmark.bench.primitive.sweep.PrimitiveTest} first: the names, and what each is held
 * against. A {@link org.fabricmark.bench.primitive.sweep.PrimitiveSweep} measures a
 * {@link org.fabricmark.bench.primitive.sweep.PrimitiveRequest} and tells a
 * {@link org.fabricmark.bench.primitive.sweep.PrimitiveListener} each {@link org.fabricmark.bench.primitive.sweep.PrimitiveRow}, which a
 * {@link org.fabricmark.bench.primitive.sweep.PrimitiveResult} makes a result that is saved and compared.
 *
 * <p>Inside: {@code Measurable} hides of which kind a primitive is, and {@code RoundTimer} times its rounds, with the conventions of
 * perftest: half of there and back, the median as typical time, bandwidth by completions of the sender.
 */
package org.fabricmark.bench.primitive.sweep;
