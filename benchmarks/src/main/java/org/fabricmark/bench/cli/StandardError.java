package org.fabricmark.bench.cli;

import org.fabricmark.system.CLibrary;

/**
 * Gives this process the standard error that its user sees.
 *
 * <p>A JVM that is started with an incubator module says so on stderr before any Java code runs, and no option keeps it
 * from that. So the launcher starts the JVM like this:
 *
 * <pre>
 *   descriptor 2 ---&gt; a filter that drops the one line ---+
 *                                                         +---&gt; terminal or file
 *   descriptor 3 -----------------------------------------+
 * </pre>
 *
 * <p>and names descriptor 3 in the property {@value #PROPERTY}. {@link #adopt} makes 2 a copy of 3 and closes 3: stderr is
 * a terminal again if it was one, and the filter, whose only writer has gone, ends.
 */
final class StandardError {
    /** System property: the number of the descriptor that is the real stderr. Absent when no filter is in place. */
    static final String PROPERTY = "fabricmark.stderr";

    private static final int STANDARD_ERROR = 2;

    private StandardError() {}

    /**
     * Replaces the filter by the real stderr, if there is a filter. To be called before anything is written. Where native
     * calls are not possible the filter stays: nothing is lost then except that stderr is not a terminal.
     */
    static void adopt() {
        Integer real = Integer.getInteger(PROPERTY);
        if (real != null && real > STANDARD_ERROR) {
            try {
                CLibrary.moveDescriptor(real, STANDARD_ERROR);
            } catch (UnsupportedOperationException | LinkageError noNativeCalls) {
                // The filter passes on everything that this program writes, so there is nothing to report or to undo.
            }
        }
    }
}
