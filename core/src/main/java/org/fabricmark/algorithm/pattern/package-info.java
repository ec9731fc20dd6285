/**
 * Rank arithmetic as pure functions: who talks to whom. {@link org.fabricmark.algorithm.pattern.Rings} for circles and
 * doubling distances, {@link org.fabricmark.algorithm.pattern.Fold} for powers of two,
 * {@link org.fabricmark.algorithm.pattern.BinaryTree} for the two trees. No state, no schedule, tests of their own.
 */
package org.fabricmark.algorithm.pattern;
