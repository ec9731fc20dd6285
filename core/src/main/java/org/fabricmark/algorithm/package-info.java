/**
 * The collective algorithms, each one a pure function that emits steps: open {@link org.fabricmark.algorithm.Algorithm} for
 * what an algorithm must state ({@link org.fabricmark.algorithm.Description}, cost, promises), then {@code OneShotAllReduce} as the shortest example and {@code DoubleTreeAllReduce} as the
 * longest. {@link org.fabricmark.algorithm.Algorithms} is the catalogue; {@link org.fabricmark.algorithm.Emission} applies
 * one to a shape, and is where everyone else gets schedules from; {@code ChannelPart} is how it divides data over channels.
 *
 * <p>An algorithm never sees a transport, a thread, a clock or memory. Rank arithmetic lives in {@code pattern}. To add one:
 * write the class, add it to the catalogue, run {@code ./fabricmark verify --algorithm NAME}.
 */
package org.fabricmark.algorithm;
