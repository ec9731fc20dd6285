package org.fabricmark.results.compare;

import java.util.Optional;

import org.fabricmark.results.select.Cell;

/**
 * Who is fastest under one set of conditions.
 *
 * @param fastest the winner
 * @param second the next one; empty if nobody else was measured
 * @param lead the second one's time divided by the winner's; empty without a second one
 */
public record Winner(Cell fastest, Optional<Cell> second, Optional<Ratio> lead) {
    /** Whether the lead is beyond doubt. */
    public boolean isDecided() {
        return lead.map(Ratio::isDecided).orElse(false);
    }

    /** Algorithm and transport: {@code ring over shm}. */
    public static String name(Cell cell) {
        return cell.result().algorithmSelected() + " over " + cell.key().transport().text();
    }
}
