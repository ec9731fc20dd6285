package org.fabricmark.results.report;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

import org.fabricmark.results.compare.Crossover;
import org.fabricmark.results.compare.LeadChange;
import org.fabricmark.results.compare.Violation;
import org.fabricmark.results.format.Figures;
import org.fabricmark.results.model.CaseResult;
import org.fabricmark.results.report.Table.Head;
import org.fabricmark.results.report.Table.Row;

/** Sizes at which another becomes the fastest, and what is slower than a way around it, as tables. */
final class FindingTables {
    private static final String OPEN = "open";

    private FindingTables() {}

    static Table crossovers(List<LeadChange> changes, RunNames runs) {
        List<Row> rows = new ArrayList<>();
        for (LeadChange change : changes) {
            Crossover crossover = change.crossover();
            rows.add(new Row(List.of(CaseWords.ofSweep(change.below().key()) + runs.suffix(change.below()),
                    CaseWords.ofLine(change.below().key()), CaseWords.ofLine(change.above().key()),
                    size(OptionalDouble.of(crossover.bytes())), size(crossover.lowBytes()),
                    size(crossover.highBytes())), Row.PLAIN));
        }
        return new Table("Crossovers", List.of(Head.words("where"), Head.words("below"), Head.words("above"),
                Head.numbers("crossover", "B"), Head.numbers("from", "B"), Head.numbers("to", "B")), rows);
    }

    private static String size(OptionalDouble bytes) {
        return bytes.isPresent() ? Figures.ofBytes(Math.round(bytes.getAsDouble())) : OPEN;
    }

    static Table violations(List<Violation> violations, RunNames runs) {
        List<Row> rows = new ArrayList<>();
        for (Violation violation : violations) {
            CaseResult slow = violation.slow().result();
            double factor = violation.ratio().value();
            rows.add(new Row(List.of(violation.guideline(), CaseWords.ofSweep(slow.key()) + ", "
                    + CaseWords.ofLine(slow.key()) + runs.suffix(violation.slow()),
                    Long.toString(slow.key().bytes()), violation.bound(), Figures.of(slow.timeUs()),
                    Figures.of(slow.timeUs() / factor), Figures.of(factor)), Row.PLAIN));
        }
        return new Table("Guidelines that are violated",
                List.of(Head.words("guideline"), Head.words("where"), Head.numbers("size", "B"),
                        Head.words("slower than"), Head.numbers("time", "µs"), Head.numbers("should be at most", "µs"),
                        Head.numbers("factor", "")),
                rows);
    }
}
