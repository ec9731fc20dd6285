/**
 * Statistics of times, as pure functions of numbers: nothing here knows what a case or a run is.
 *
 * <p>Open {@link org.fabricmark.results.stats.Estimate} first: a value, the interval that it lies in, and the confidence that this
 * interval really has. {@link org.fabricmark.results.stats.HodgesLehmann} makes it of differences, paired or not;
 * {@link org.fabricmark.results.stats.MedianInterval} of one sample, by its order; both count on nothing but independence.
 * {@link org.fabricmark.results.stats.Holm} corrects for looking at many cells at once, and
 * {@link org.fabricmark.results.stats.GeometricMean} summarises ratios.
 *
 * <p>A confidence that few samples cannot give is never claimed: the widest interval that there is comes with the
 * confidence that it has. Ratios are differences of natural logarithms ({@link org.fabricmark.results.stats.Estimate#exp()}).
 */
package org.fabricmark.results.stats;
