/**
 * Which algorithm runs when the user leaves the choice to the library. {@link org.fabricmark.selection.Selection} is the table
 * behind {@code auto}: a pure function of the shape and of how ranks reach each other, so that all ranks choose the same
 * without asking.
 *
 * <p>{@link org.fabricmark.selection.Access} is all that it knows of a transport. It names algorithms and knows no transport; nothing here measures. The figures behind its thresholds were measured with
 * the commands that stand beside them.
 */
package org.fabricmark.selection;
