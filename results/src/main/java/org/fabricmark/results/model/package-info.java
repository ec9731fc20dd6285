/**
 * The records of a run, immutable and free of any file format.
 *
 * <p>Open {@link org.fabricmark.results.model.CaseKey} first: the identity of a case, made of
 * {@linkplain org.fabricmark.results.model.CasePart parts} in a fixed order.
 * A case is of a collective or of a primitive.
 * {@link org.fabricmark.results.model.CaseResult} is a case with its numbers, and its
 * {@link org.fabricmark.results.model.Measure} says which of them is looked at.
 * {@link org.fabricmark.results.model.Run} is a list of those, with the
 * {@link org.fabricmark.results.model.Environment} and the {@link org.fabricmark.results.model.Machine} that they were
 * measured on.
 *
 * <p>What the numbers were computed from is beside them, because it is a hundred times as much:
 * {@link org.fabricmark.results.model.StoredRun} is a run whose {@link org.fabricmark.results.model.Launch}es are read
 * when somebody asks. Each launch has its batches in time order as a {@link org.fabricmark.results.model.Series} and all
 * of them as a {@link org.fabricmark.results.model.Distribution}, for all ranks and by
 * {@linkplain org.fabricmark.results.model.RankTimes rank}. {@link org.fabricmark.results.model.Labels} names whatever
 * cases can be grouped by. An imported run has an {@link org.fabricmark.results.model.Origin} that is not ours, cases
 * with {@link org.fabricmark.results.model.Conventions} of their own, and mostly no launches.
 *
 * <p>Conventions: a number that was not measured is an empty optional, never 0, -1 or NaN; a unit is the end of a name
 * (Us, Ns, GBs; GB = 10<sup>9</sup> bytes). Every type may be shared between threads, builders excepted.
 */
package org.fabricmark.results.model;
