package org.fabricmark.results.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import org.fabricmark.results.compare.Remark.Kind;
import org.fabricmark.results.model.CasePart;
import org.fabricmark.results.model.Facts;
import org.fabricmark.results.model.Flag;
import org.fabricmark.results.model.Labels;
import org.fabricmark.results.model.StoredRun;
import org.fabricmark.results.select.Cell;

/** Finds what has to be said about a comparison. */
final class Remarks {
    /** Disturbances are never the same twice, and say nothing by differing. */
    private static final Set<String> NEVER_THE_SAME = Set.of("load", "celsius", "stealPercent", "throttledPeriods");

    private final List<Remark> remarks = new ArrayList<>();

    static List<Remark> of(Layout layout, List<Cell> cells, List<Grid> grids) {
        Remarks found = new Remarks();
        found.labels(layout);
        found.measures(grids);
        found.wrong(cells);
        found.conventions(grids);
        found.surroundings(List.copyOf(cells.stream().collect(Collectors.toMap(cell -> cell.run().name(), Cell::run,
                (one, same) -> one, LinkedHashMap::new)).values()));
        found.absent(grids);
        found.flags(cells);
        found.certainty(grids);
        return List.copyOf(found.remarks);
    }

    private void add(Kind kind, String text) {
        remarks.add(new Remark(kind, text));
    }

    private void labels(Layout layout) {
        layout.withColumn().forEach(this::withColumn);
        layout.added().forEach(label -> add(Kind.LABELS,
                label + " has tables of its own, though nobody asked: times under different ones are different quantities"));
        layout.hidden().forEach((label, texts) -> add(Kind.LABELS, label + " varies within places ("
                + String.join(", ", texts) + "): times and ratios there are geometric means, without an interval"));
    }

    /** That a latency has no depth is no difference worth saying; that two streams have different ones is. */
    private void withColumn(String label, Map<String, String> texts) {
        boolean queueing = CasePart.QUEUEING.stream().anyMatch(part -> part.key().equals(label));
        List<Map.Entry<String, String>> said = texts.entrySet().stream()
                .filter(entry -> !queueing || !entry.getValue().equals(CasePart.NONE)).toList();
        if (!queueing || said.stream().map(Map.Entry::getValue).distinct().count() > 1) {
            add(Kind.LABELS, label + " differs with the column: " + said.stream()
                    .map(entry -> entry.getValue() + " in " + entry.getKey()).collect(Collectors.joining(", ")));
        }
    }

    private void measures(List<Grid> grids) {
        if (grids.stream().flatMap(grid -> grid.places().stream()).anyMatch(Measures::differ)) {
            add(Kind.LABELS,
                    "columns measure different things, as times and bandwidths: what differs in that has no ratio");
        }
    }

    private void wrong(List<Cell> cells) {
        long wrong = cells.stream().filter(cell -> cell.result().isWrong()).count();
        if (wrong > 0) {
            add(Kind.WRONG, count(wrong, "cell") + " with wrong data: no time of theirs is shown or divided by");
        }
    }

    private void conventions(List<Grid> grids) {
        Set<String> found = new LinkedHashSet<>();
        for (Grid grid : grids) {
            for (List<Place> row : grid.places()) {
                row.stream().skip(1).filter(place -> place.ratio().isPresent()).forEach(place -> {
                    Cell base = row.getFirst().cells().getFirst();
                    Cell other = place.cells().getFirst();
                    if (!base.result().conventions().sameTime(other.result().conventions())) {
                        found.add("times of " + name(base) + " are the " + base.result().conventions().timeInWords()
                                + ", those of " + name(other) + " the "
                                + other.result().conventions().timeInWords()
                                + ": their ratio is not of one quantity");
                    }
                });
            }
        }
        found.forEach(text -> add(Kind.CONVENTIONS, text));
    }

    private static String name(Cell cell) {
        return cell.text(Labels.RUN);
    }

    private void surroundings(List<StoredRun> runs) {
        for (StoredRun run : runs.stream().skip(1).toList()) {
            StoredRun first = runs.getFirst();
            String both = "'" + first.name() + "' and '" + run.name() + "'";
            Machines.differences(first, run, true).ifPresent(facts -> add(Kind.SURROUNDINGS,
                    both + " were measured on different machines: " + facts));
            unknown(first, run).ifPresent(facts -> add(Kind.SURROUNDINGS,
                    "whether " + both + " are of one machine is not sure; one of them does not say: " + facts));
            List<Facts.Difference> others = new ArrayList<>(first.run().environment().software().facts()
                    .differences(run.run().environment().software().facts()));
            others.addAll(first.run().environment().state().facts()
                    .differences(run.run().environment().state().facts()));
            Machines.words(others.stream().filter(Facts.Difference::certain)
                    .filter(difference -> !NEVER_THE_SAME.contains(difference.name())).toList())
                    .ifPresent(facts -> add(Kind.SURROUNDINGS, both + " differ besides in " + facts));
        }
    }

    private static Optional<String> unknown(StoredRun one, StoredRun other) {
        String names = one.run().environment().hardware().facts()
                .differences(other.run().environment().hardware().facts()).stream()
                .filter(difference -> !difference.certain()).map(Facts.Difference::name)
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? Optional.empty() : Optional.of(names);
    }

    private void absent(List<Grid> grids) {
        long gaps = grids.stream().flatMap(grid -> grid.places().stream())
                .filter(row -> row.stream().anyMatch(Place::isAbsent)).flatMap(List::stream).filter(Place::isAbsent)
                .count();
        if (gaps > 0) {
            add(Kind.ABSENT, count(gaps, "place") + " without a cell: no ratio there, and not in any mean");
        }
    }

    private void flags(List<Cell> cells) {
        flag(cells, Flag.OVERSUBSCRIBED, "more ranks than cores, so the scheduler was measured too");
        flag(cells, Flag.MACHINE_CHANGED, "the machine changed while they were measured");
        flag(cells, Flag.UNALIGNED, "buffers were not aligned");
    }

    private void flag(List<Cell> cells, Flag flag, String meaning) {
        long flagged = cells.stream().filter(cell -> cell.result().flags().has(flag)).count();
        if (flagged > 0) {
            add(Kind.CERTAINTY, count(flagged, "cell") + " marked " + flag.mark() + ": " + meaning);
        }
    }

    private void certainty(List<Grid> grids) {
        List<Ratio> ratios = grids.stream().flatMap(grid -> grid.places().stream()).flatMap(List::stream)
                .flatMap(place -> place.cells().size() > 1 ? Optional.<Ratio>empty().stream()
                        : place.ratio().stream())
                .toList();
        long otherRegime = ratios.stream().filter(ratio -> !ratio.sameRegime()).count();
        if (otherRegime > 0) {
            add(Kind.CERTAINTY, count(otherRegime, "ratio") + " marked ~: the machine changed during one of the two, or"
                    + " their exchange probes differ by more than a fifth; nothing is decided by them");
        }
        long within = ratios.stream().filter(ratio -> ratio.basis() == Ratio.Basis.WITHIN_LAUNCH).count();
        if (within > 0) {
            add(Kind.CERTAINTY, count(within, "interval") + " in round brackets: over the batches within one launch on"
                    + " each side, which is optimistic; measure with several launches");
        }
        long none = ratios.stream().filter(ratio -> ratio.basis() == Ratio.Basis.NONE).count();
        if (none > 0) {
            add(Kind.CERTAINTY, count(none, "ratio") + " without an interval: one of the two has no samples");
        }
    }

    private static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
