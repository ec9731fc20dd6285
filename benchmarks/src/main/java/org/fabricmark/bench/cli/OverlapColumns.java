package org.fabricmark.bench.cli;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.fabricmark.bench.cli.console.Columns;
import org.fabricmark.results.format.Figures;
import org.fabricmark.results.model.Overlap;

/** What {@code --overlap} adds to a table. */
final class OverlapColumns {
    private static final int COLUMNS = 4;

    private OverlapColumns() {}

    /** What the columns mean. */
    static List<String> header() {
        return List.of(
                "overlap part of a call that a rank can compute in: max(0, 1 - (total - compute) / pure) in percent; pure = start and await",
                "        the call, compute = about as much arithmetic in registers, total = start, that arithmetic with tests in between,"
                        + " await;",
                "        medians of the slowest rank. What moves data in shared memory is the rank itself, so that waiting can be hidden,",
                "        copying cannot. Not measured (-) where ranks have no core each: computing would take it from"
                        + " those waited for;",
                "        nor where a call is more than one plan: private memory, buffers that rotate, a rotating root; nor"
                        + " of isolated calls");
    }

    static void addTo(Columns columns) {
        columns.numbers("pure", "us", 7).numbers("compute", "us", 7).numbers("total", "us", 7).numbers("overlap", "%",
                7);
    }

    static List<String> cells(Optional<Overlap> overlap) {
        return overlap
                .map(times -> List.of(Figures.of(times.pureUs()), Figures.of(times.computeUs()),
                        Figures.of(times.totalUs()), Long.toString(Math.round(times.percent()))))
                .orElseGet(() -> Collections.nCopies(COLUMNS, Figures.ABSENT));
    }
}
