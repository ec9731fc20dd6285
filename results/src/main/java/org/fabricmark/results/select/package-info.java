/**
 * Which cells a reader means, and how they are laid out: filters and projections on any label.
 *
 * <p>Open {@link org.fabricmark.results.select.Cell} first: a result and the run that it is of, which together have a text
 * for each {@linkplain org.fabricmark.results.model.Labels label}. {@link org.fabricmark.results.select.Filter} says which
 * cells, {@link org.fabricmark.results.select.Key} where a cell belongs in rows, columns and tables, and
 * {@link org.fabricmark.results.select.LabelOrder} in which order those are shown. {@link org.fabricmark.results.select.ShortNames} calls
 * runs by as little of their paths as tells them apart. Everything is immutable.
 */
package org.fabricmark.results.select;
