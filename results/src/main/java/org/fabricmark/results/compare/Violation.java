package org.fabricmark.results.compare;

import org.fabricmark.results.select.Cell;

/**
 * A guideline that does not hold here: something is slower than a way around it.
 *
 * @param guideline what should hold
 * @param slow the cell that is too slow
 * @param bound what its time is held against, in words
 * @param ratio its time divided by the bound
 */
public record Violation(String guideline, Cell slow, String bound, Ratio ratio) {}
