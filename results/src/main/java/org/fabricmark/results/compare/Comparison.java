package org.fabricmark.results.compare;

import java.util.List;
import java.util.Optional;

import org.fabricmark.results.model.StoredRun;
import org.fabricmark.results.select.Cell;
import org.fabricmark.results.select.LabelOrder;

/**
 * Stored runs held against each other: everything that a printer, a page or a document shows, as data.
 *
 * @param runs the runs, by short names
 * @param question what was asked
 * @param layout where cells went, and what became of labels that nobody asked about
 * @param cells those that the filter lets through
 * @param grids the tables
 * @param means geometric means of each column over all tables
 * @param family how many ratios were tested, and how many differ from 1 beyond chance
 * @param findings what the cells say besides
 * @param remarks what a reader has to know
 */
public record Comparison(List<StoredRun> runs, Question question, Layout layout, List<Cell> cells, List<Grid> grids,
        List<ColumnMean> means, Family family, Findings findings, List<Remark> remarks) {
    /** Copies the lists. */
    public Comparison {
        runs = List.copyOf(runs);
        cells = List.copyOf(cells);
        grids = List.copyOf(grids);
        means = List.copyOf(means);
        remarks = List.copyOf(remarks);
    }

    /**
     * Compares. Whether the runs are of one machine is for the caller to {@linkplain Machines#difference decide}.
     *
     * @param runs at least one; their names tell them apart
     * @throws IllegalArgumentException in one line, if the question is about labels, cells or a base that do not exist
     */
    public static Comparison of(List<StoredRun> runs, Question question) {
        LabelOrder order = new LabelOrder(runs.stream().map(StoredRun::name).toList());
        List<Cell> cells = Cell.of(runs).stream().filter(question.filter()).toList();
        if (cells.isEmpty()) {
            throw new IllegalArgumentException(question.filter().terms().isEmpty() ? "the runs have no cells"
                    : "no cell passes the filter");
        }
        Layout layout = Layout.of(question, cells);
        List<Grid> grids = GridBuilder.grids(cells, layout, order, question.base());
        return new Comparison(runs, question, layout, cells, grids, GridBuilder.means(grids), Family.of(grids),
                Findings.of(cells, order), Remarks.of(layout, cells, grids));
    }

    /** Who is fastest where. */
    public List<WinnerMap> maps() {
        return findings.maps();
    }

    /** What leaving the choice of the algorithm to the library costs, the largest first. */
    public List<Regret> regrets() {
        return findings.regrets();
    }

    /** Guidelines that do not hold, the worst first. */
    public List<Violation> violations() {
        return findings.violations();
    }

    /** Whether something is side by side that is right, and has no ratio because it measures different things. */
    public boolean hasDifferentMeasures() {
        return grids.stream().flatMap(grid -> grid.places().stream()).anyMatch(Measures::differ);
    }

    /** All ratios of all tables. */
    public List<Ratio> ratios() {
        return grids.stream().flatMap(grid -> grid.places().stream()).flatMap(List::stream).map(Place::ratio)
                .flatMap(Optional::stream).toList();
    }
}
