package org.fabricmark.bench.cli.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.fabricmark.bench.cli.comparison.Section.Head;
import org.fabricmark.bench.cli.comparison.Section.Text;
import org.fabricmark.results.compare.ColumnMean;
import org.fabricmark.results.compare.Comparison;
import org.fabricmark.results.compare.Crossover;
import org.fabricmark.results.compare.Grid;
import org.fabricmark.results.compare.Place;
import org.fabricmark.results.compare.Regret;
import org.fabricmark.results.compare.Remark;
import org.fabricmark.results.format.Figures;
import org.fabricmark.results.model.CasePart;
import org.fabricmark.results.model.Labels;
import org.fabricmark.results.model.Measure;
import org.fabricmark.results.select.Key;
import org.fabricmark.results.select.Cell;
import org.fabricmark.results.stats.GeometricMean;

/** What a comparison shows, part by part. A part that has nothing to say says so, if a reader asked for it by name. */
public final class Sections {
    private static final double NOTABLE_REGRET = 1.05;
    private static final int MOST_INTERVALS = 3;

    private final Comparison comparison;
    private final Set<Part> parts;
    private final List<Section> sections = new ArrayList<>();

    private Sections(Comparison comparison, Set<Part> parts) {
        this.comparison = comparison;
        this.parts = parts;
    }

    /** The sections of these parts. */
    public static List<Section> of(Comparison comparison, Set<Part> parts) {
        Sections made = new Sections(comparison, parts);
        made.tables();
        made.crossovers();
        if (parts.contains(Part.WINNERS)) {
            comparison.maps().forEach(map -> made.sections.add(WinnerMapSection.of(map,
                    map == comparison.maps().getLast())));
        }
        made.regret();
        made.guidelines();
        made.remarks();
        return List.copyOf(made.sections);
    }

    private void tables() {
        if (!parts.contains(Part.TABLES)) {
            return;
        }
        for (Grid grid : comparison.grids()) {
            sections.add(table(grid));
        }
        List<String> notes = new ArrayList<>();
        if (comparison.grids().size() > 1) {
            boolean several = comparison.means().stream().map(ColumnMean::measure).distinct().count() > 1;
            comparison.means().forEach(mean -> notes.add(mean.column() + ": " + mean(mean) + " over all tables"
                    + (several ? " in " + unit(mean.measure()) : "")));
        }
        if (comparison.family().tests() > 0) {
            notes.add(Words.family(comparison.family()));
        }
        if (!notes.isEmpty()) {
            sections.add(Section.ofNotes("all tables", notes));
        }
    }

    private String title(Grid grid) {
        String common = commonWords();
        String own = Words.key(grid.table());
        boolean ofOne = grid.table().labels().stream().noneMatch(Words::isSubject);
        return (ofOne ? common + " " + own : own + " " + common).strip();
    }

    /** What all cells have in common and nobody can see elsewhere. */
    private String commonWords() {
        List<String> words = new ArrayList<>();
        Set<String> seen = Stream.of(comparison.layout().tables(), comparison.layout().rows(),
                comparison.layout().columns(), comparison.layout().best()).flatMap(List::stream)
                .collect(Collectors.toSet());
        for (CasePart part : CasePart.values()) {
            List<String> texts = comparison.cells().stream().map(cell -> cell.text(part.key())).distinct().toList();
            boolean usual = part.defaultFor(comparison.cells().getFirst().text(CasePart.COLLECTIVE.key()))
                    .equals(Optional.of(texts.getFirst()));
            if (texts.size() == 1 && !seen.contains(part.key()) && (!usual || part == CasePart.RANKS)) {
                words.add(Words.isSubject(part.key()) ? texts.getFirst()
                        : part.key() + "=" + Words.text(part.key(), texts.getFirst()));
            }
        }
        return String.join(" ", words);
    }

    private Section table(Grid grid) {
        List<Head> heads = new ArrayList<>();
        grid.rows().getFirst().labels().forEach(label -> heads.add(Labels.RUN.equals(label) ? Head.words(label)
                : label.equals(CasePart.BYTES.key()) || label.equals(CasePart.RANKS.key()) ? Head.numbers(label)
                        : Head.words(label)));
        List<String> best = comparison.layout().best();
        for (int column = 0; column < grid.columns().size(); column++) {
            heads.add(Head.numbers(Words.texts(grid.columns().get(column))
                    + grid.measure(column).map(measure -> " " + measure.unit()).orElse("")));
            best.forEach(label -> heads.add(Head.words("best " + label)));
            if (column > 0) {
                heads.add(Head.numbers("ratio"));
            }
            if (column > 0 && !isWide(grid)) {
                heads.add(Head.words("interval"));
            }
        }
        List<List<Text>> rows = new ArrayList<>();
        for (int row = 0; row < grid.rows().size(); row++) {
            rows.add(row(grid, row));
        }
        List<Measure> measures = grid.means().stream().filter(mean -> mean.ratio().isPresent())
                .map(ColumnMean::measure).distinct().sorted().toList();
        if (grid.rows().size() > 1 && grid.columns().size() > 1) {
            rows.addAll(means(grid, measures));
        }
        List<String> notes = new ArrayList<>(isWide(grid) ? wideNotes(grid) : List.of());
        measures.stream().filter(Measure::higherIsBetter).forEach(measure -> notes.add(
                measure.unit() + ": higher is better, so a ratio below 1 is slower"));
        return new Section(title(grid), heads, rows, notes);
    }

    /** So many columns leave no place for intervals. */
    private static boolean isWide(Grid grid) {
        return grid.columns().size() > MOST_INTERVALS + 1;
    }

    private static List<String> wideNotes(Grid grid) {
        List<String> notes = new ArrayList<>(List.of(
                "?: the interval includes 1, or there is none; fewer columns (--filter) or --format csv show it"));
        List<String> partial = grid.means().stream().filter(mean -> mean.leftOut() > 0 && mean.rows() > 0)
                .map(mean -> mean.column() + " " + rows(mean)).toList();
        if (!partial.isEmpty()) {
            notes.add("geomean: " + String.join(", ", partial));
        }
        return notes;
    }

    private List<Text> row(Grid grid, int row) {
        List<Text> texts = new ArrayList<>();
        List<String> labels = grid.rows().get(row).labels();
        for (int i = 0; i < labels.size(); i++) {
            texts.add(Text.of(Words.text(labels.get(i), grid.rows().get(row).texts().get(i))));
        }
        for (int column = 0; column < grid.columns().size(); column++) {
            Place place = grid.at(row, column);
            texts.add(Words.figure(place, grid.measure(column).isEmpty()));
            comparison.layout().best().forEach(label -> texts.add(Text.of(best(place, label))));
            if (column > 0) {
                texts.add(isWide(grid) ? Words.shortRatio(place) : Words.ratio(place));
            }
            if (column > 0 && !isWide(grid)) {
                texts.add(Text.of(Words.interval(place.figureRatio())));
            }
        }
        return texts;
    }

    private static String best(Place place, String label) {
        String shown = label.equals(CasePart.ALGORITHM.key()) ? Labels.RAN : label;
        return String.join("+", place.cells().stream().map(cell -> cell.text(shown)).distinct().toList());
    }

    /** A row of means for each measure that the table has ratios of, so that no mean is over two; one in any case. */
    private List<List<Text>> means(Grid grid, List<Measure> measures) {
        return measures.size() < 2 ? List.of(means(grid, "geomean", mean -> true))
                : measures.stream().map(measure -> means(grid, "geomean " + unit(measure),
                        mean -> mean.measure() == measure)).toList();
    }

    private static String unit(Measure measure) {
        return measure == Measure.LATENCY ? "us of primitives" : measure.unit();
    }

    private List<Text> means(Grid grid, String name, Predicate<ColumnMean> wanted) {
        List<Text> texts = new ArrayList<>();
        int labels = grid.rows().getFirst().labels().size();
        for (int i = 0; i < labels; i++) {
            texts.add(Text.of(i == 0 ? name : ""));
        }
        int best = comparison.layout().best().size();
        for (int column = 0; column < grid.columns().size(); column++) {
            texts.add(Text.of(""));
            for (int i = 0; i < best; i++) {
                texts.add(Text.of(""));
            }
            if (column > 0) {
                Key key = grid.columns().get(column);
                Optional<ColumnMean> mean = grid.means().stream().filter(each -> each.column().equals(key))
                        .filter(wanted).findFirst();
                texts.add(Text.of(mean.map(known -> Figures.of(known.figureRatio())).orElse("")));
                texts.addAll(isWide(grid) ? List.of() : List.of(Text.of(mean.map(Sections::rows).orElse(""))));
            }
        }
        return texts;
    }

    private static String mean(ColumnMean mean) {
        return Figures.of(mean.figureRatio()) + " (geometric mean, " + rows(mean) + ")";
    }

    private static String rows(ColumnMean mean) {
        return mean.rows() + " of " + (mean.rows() + mean.leftOut()) + " rows";
    }

    private void crossovers() {
        List<List<Text>> rows = new ArrayList<>();
        for (Grid grid : comparison.grids()) {
            for (Crossover crossover : grid.crossovers()) {
                String where = Words.key(grid.table());
                String row = Words.key(crossover.row());
                rows.add(List.of(Text.of(where + (where.isEmpty() || row.isEmpty() ? "" : " ") + row),
                        Text.of(crossover.below().toString()), Text.of(crossover.above().toString()),
                        Text.of(Words.size(crossover))));
            }
        }
        boolean sizes = comparison.layout().rows().contains(CasePart.BYTES.key());
        if (parts.contains(Part.CROSSOVERS) && sizes && comparison.grids().stream().anyMatch(
                grid -> grid.columns().size() > 1)) {
            sections.add(rows.isEmpty() ? Section.ofNotes("crossovers: none", List.of())
                    : new Section("crossovers", List.of(Head.words("where"), Head.words("faster below"),
                            Head.words("faster above"), Head.words("bytes")), rows, List.of()));
        }
    }

    private void regret() {
        List<Regret> regrets = comparison.regrets();
        if (!parts.contains(Part.REGRET) || regrets.isEmpty()) {
            return;
        }
        long chosen = regrets.stream().filter(Regret::choseBest).count();
        double mean = GeometricMean.of(regrets.stream().mapToDouble(regret -> regret.ratio().value()).toArray());
        List<String> notes = List.of("auto chose the fastest in " + chosen + " of " + regrets.size() + " cases; "
                + Figures.of(mean) + " times the time of the best on geometric average, at worst "
                + Figures.of(regrets.getFirst().ratio().value()));
        List<List<Text>> rows = new ArrayList<>();
        regrets.stream().filter(regret -> !regret.choseBest() && regret.ratio().value() > NOTABLE_REGRET
                && (regret.ratio().isDecided() || regret.ratio().interval().isEmpty()))
                .forEach(regret -> rows.add(List.of(Text.of(Words.conditions(regret.auto())), size(regret.auto()),
                        Text.of(regret.auto().result().algorithmSelected()),
                        Text.of(regret.best().key().algorithm()), Words.ratio(Optional.of(regret.ratio())),
                        Text.of(Words.interval(Optional.of(regret.ratio()))))));
        sections.add(rows.isEmpty() ? Section.ofNotes("regret of auto", notes)
                : new Section("regret of auto: other choices that cost more than 5 %, beyond doubt",
                        List.of(Head.words("where"), Head.numbers("bytes"), Head.words("auto chose"),
                                Head.words("fastest"), Head.numbers("ratio"), Head.words("interval")),
                        rows, notes));
    }

    private void guidelines() {
        boolean checked = comparison.cells().stream().anyMatch(cell -> !cell.key().isPrimitive());
        if (!parts.contains(Part.GUIDELINES) || !checked) {
            return;
        }
        List<List<Text>> rows = new ArrayList<>();
        comparison.violations().forEach(violation -> rows.add(List.of(Text.of(violation.guideline()),
                Text.of(Words.conditions(violation.slow()) + run(violation.slow())), size(violation.slow()),
                Text.of(violation.bound()), Words.ratio(Optional.of(violation.ratio())),
                Text.of(Words.interval(Optional.of(violation.ratio()))))));
        sections.add(rows.isEmpty() ? Section.ofNotes("guidelines: none violated", List.of())
                : new Section("guidelines that are violated (warnings)",
                        List.of(Head.words("guideline"), Head.words("where"), Head.numbers("bytes"),
                                Head.words("slower than"), Head.numbers("ratio"), Head.words("interval")),
                        rows, List.of()));
    }

    private String run(Cell cell) {
        return comparison.runs().size() > 1 ? " run=" + cell.run().name() : "";
    }

    private static Text size(Cell cell) {
        return Text.of(Figures.ofBytes(cell.key().bytes()));
    }

    private void remarks() {
        if (parts.contains(Part.REMARKS) && !comparison.remarks().isEmpty()) {
            sections.add(Section.ofNotes("remarks", comparison.remarks().stream().map(Remark::text).toList()));
        }
    }
}
