package org.fabricmark.schedule.drawing;

import org.fabricmark.schedule.drawing.MessageRounds.Message;

/**
 * Where things are in a space-time diagram, in pixels: ranks are vertical lines, time runs downwards, and a round is a band that
 * is higher the farther its messages go, so that none of them lies flat.
 *
 * <pre>
 *              rank 0   rank 1   rank 2
 *    top         |        |        |
 *    round 1     | \__    | \__    |      from the band's begin ...
 *                |    \-> |    \-> |      ... to its end
 *    round 2     |        |        |
 * </pre>
 */
final class DiagramLayout {
    /** Distance of two ranks. */
    static final int COLUMN = 96;

    /** Left of rank 0: what a round carries. */
    static final int MARGIN = 150;

    private static final int RIGHT = 40;
    private static final int TOP = 112;
    private static final int BAND = 46;
    private static final int BAND_PER_RANK = 9;
    private static final int MOST_BAND = 130;
    private static final int GAP = 12;

    private final int ranks;
    private final double[] begins;
    private final double[] ends;

    DiagramLayout(MessageRounds rounds, int ranks) {
        this.ranks = ranks;
        begins = new double[rounds.rounds().size()];
        ends = new double[rounds.rounds().size()];
        double y = TOP;
        for (int round = 0; round < begins.length; round++) {
            int farthest = rounds.rounds().get(round).stream().mapToInt(DiagramLayout::distance).max().orElse(0);
            begins[round] = y + GAP;
            y = begins[round] + Math.min(MOST_BAND, BAND + BAND_PER_RANK * farthest);
            ends[round] = y;
        }
    }

    private static int distance(Message message) {
        return Math.abs(message.source() - message.destination());
    }

    double x(int rank) {
        return MARGIN + (rank + 1.0 / 2) * COLUMN;
    }

    /** Where messages of a round leave. */
    double begin(int round) {
        return begins[round];
    }

    /** Where messages of a round have arrived. */
    double end(int round) {
        return ends[round];
    }

    /** What happens when so many rounds are over, and the next has not begun. */
    double after(int rounds) {
        return rounds == 0 ? TOP : ends[Math.min(rounds, ends.length) - 1];
    }

    double top() {
        return TOP;
    }

    /** Where the lines of the ranks end. */
    double bottom() {
        return after(ends.length) + 2.0 * GAP;
    }

    double width(double atLeast) {
        return Math.max(atLeast, MARGIN + (double) ranks * COLUMN + RIGHT);
    }
}
