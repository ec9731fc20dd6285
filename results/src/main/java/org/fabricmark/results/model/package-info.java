/**
 * The records of a run, immutable and free of any file format.
 *
 * <p>Open {@link org.fabricmark.results.model.CaseKey} first: the identity of a case, made of
 * {@linkplain org.fabricmark.results.model.CasePart parts} in a fixed order.
 * {@link org.fabricmark.results.model.CaseResult} is a case with its numbers.
 * {@link org.fabricmark.results.model.Run} is a list of those, with the
 * {@link org.fabricmark.results.model.Environment} and the {@link org.fabricmark.results.model.Machine} that they were
 * measured on.
 *
 * <p>Conventions: a number that was not measured is an empty optional, never 0, -1 or NaN; a unit is the end of a name
 * (Us, Ns, GBs; GB = 10<sup>9</sup> bytes). Every type may be shared between threads, builders excepted.
 */
package org.fabricmark.results.model;
