/**
 * What a transport does for one put or one signal, without engine and collectives. Open
 * {@link org.fabricmark.bench.primitive.Primitive} first: the kinds of transfers, and what one operation of each is. A
 * {@link org.fabricmark.bench.primitive.PrimitiveCase} is one of them over a transport;
 * {@link org.fabricmark.bench.primitive.LedPrimitive} runs it, the caller's thread being rank 0. What verbs do below a transport is in
 * the package {@code verbs}, and tables of both kinds in {@code sweep}; both start their ranks by a
 * {@link org.fabricmark.bench.primitive.RankPair}.
 *
 * <p>Inside: a {@code WireEnd} is one rank's end of the wire between the two; {@code PrimitiveRank} is what both ranks have for the
 * case, and {@code PrimitiveRankMain} runs rank 1 where that is a process.
 *
 * <p>Transports are met through their interface. Rank 1 follows: it answers until a line in shared memory tells it that an
 * operation was the last one, as the ranks of a collective do.
 */
package org.fabricmark.bench.primitive;
