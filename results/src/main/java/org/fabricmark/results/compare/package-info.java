/**
 * Stored runs held against each other, as data: nothing here prints.
 *
 * <p>Open {@link org.fabricmark.results.compare.Comparison} first: it has everything, and its {@code of} is the way in. A
 * {@link org.fabricmark.results.compare.Question} says which labels make rows, columns and tables;
 * {@link org.fabricmark.results.compare.Layout} decides what becomes of all other labels, so that nothing is mixed in silence. A
 * {@link org.fabricmark.results.compare.Grid} is a table of {@link org.fabricmark.results.compare.Place}s, and each place
 * but the base's has a {@link org.fabricmark.results.compare.Ratio} with its interval. Beside the tables there are
 * {@link org.fabricmark.results.compare.Crossover}s, and {@link org.fabricmark.results.compare.Findings}, which need no
 * question and are also what a report shows: {@link org.fabricmark.results.compare.WinnerMap}s,
 * {@link org.fabricmark.results.compare.LeadChange}s, {@link org.fabricmark.results.compare.Regret}s of {@code auto}, {@link org.fabricmark.results.compare.Violation}s of
 * guidelines, and {@link org.fabricmark.results.compare.Remark}s.
 *
 * <p>A wrong result has no time here, and a ratio is made of two times of the same machine: whether it was the same is
 * asked of {@link org.fabricmark.results.compare.Machines} before. Everything is immutable and uses the caller's thread only.
 */
package org.fabricmark.results.compare;
