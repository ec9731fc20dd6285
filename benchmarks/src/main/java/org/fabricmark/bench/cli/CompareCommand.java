package org.fabricmark.bench.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.fabricmark.bench.cli.argument.CellFilter;
import org.fabricmark.bench.cli.argument.ComparisonFormat;
import org.fabricmark.bench.cli.argument.LabelList;
import org.fabricmark.bench.cli.argument.Misuse;
import org.fabricmark.bench.cli.argument.PartList;
import org.fabricmark.bench.cli.argument.Percentage;
import org.fabricmark.bench.cli.comparison.Section;
import org.fabricmark.bench.cli.comparison.SectionMarkdown;
import org.fabricmark.bench.cli.comparison.SectionText;
import org.fabricmark.bench.cli.comparison.Sections;
import org.fabricmark.results.compare.Comparison;
import org.fabricmark.results.compare.ComparisonCsv;
import org.fabricmark.results.compare.ComparisonJson;
import org.fabricmark.results.compare.Machines;
import org.fabricmark.results.compare.Question;
import org.fabricmark.results.model.Labels;
import org.fabricmark.results.model.StoredRun;
import org.fabricmark.results.select.Filter;
import org.fabricmark.results.select.ShortNames;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Holds stored runs, or parts of one, against each other. */
@Command(
        name = "compare",
        description = {"Saved runs side by side, or one run by any label: times, ratios to the first column with their"
                + " intervals, crossover sizes, who is fastest where, what 'auto' costs, guidelines that do not hold.",
            "Labels: the parts of a case (collective, algorithm, transport, launch, ranks, type, op, root, in_place,"
                    + " placement, memory, cadence, buffers, arrival, bytes), ran, transport.name, transport.OPTION,"
                    + " run, tool, commit, branch, hardware, software, state."},
        footer = {
            "",
            "Ratios are times: above 1 is slower than the first column. [low, high] is an interval over launches, (low, high)",
            "one within a single launch, which is optimistic. What varies and makes neither rows nor columns makes tables.",
            "Exit codes: 3 something is slower than --fail-above allows, 5 nothing is comparable.",
            "",
            "Examples:",
            "  fabricmark compare results/runs/old results/runs/new",
            "  fabricmark compare RUN --col transport --filter 'bytes:[1K..1M] -in_place:yes'",
            "  fabricmark compare RUN --col algorithm --filter transport:shm --base ring",
            "  fabricmark compare RUN --col transport --best algorithm --format markdown",
            "  fabricmark compare OURS OSU --best algorithm,transport,launch"
        },
        sortOptions = false,
        customSynopsis = "fabricmark compare RUN... [OPTION...]")
final class CompareCommand extends ConsoleCommand {
    @Parameters(paramLabel = "RUN", arity = "0..*", description = "Folders of saved runs; the first is the base.")
    private List<Path> folders = List.of();

    @Option(names = "--row", paramLabel = "LABELS", converter = LabelList.Converter.class, defaultValue = "bytes",
            description = "What makes the rows. Default: ${DEFAULT-VALUE}.")
    private LabelList rows;

    @Option(names = "--col", paramLabel = "LABELS", converter = LabelList.Converter.class,
            description = "What makes the columns, which are compared. Default: run, of several runs.")
    private LabelList columns;

    @Option(names = "--table", paramLabel = "LABELS", converter = LabelList.Converter.class,
            description = "What makes tables. Default: all that varies, so that nothing is mixed. What varies and is not named is"
                    + " averaged over, and said.")
    private LabelList tables;

    @Option(names = "--filter", paramLabel = "FILTER", converter = CellFilter.class,
            description = "Which cells: LABEL:TEXT, LABEL:ONE,OTHER or LABEL:[FROM..TO], with blanks between; a minus before it"
                    + " means all others.")
    private Filter filter = Filter.ALL;

    @Option(names = "--best", paramLabel = "LABELS", converter = LabelList.Converter.class,
            description = "Labels over which the fastest stands for all, as algorithm.")
    private LabelList best = LabelList.NONE;

    @Option(names = "--base", paramLabel = "TEXT",
            description = "The column that others are divided by. Default: the first.")
    private String base;

    @Option(names = "--show", paramLabel = "LIST", converter = PartList.Converter.class, defaultValue = "all",
            description = "Parts: tables, crossovers, winners, regret, guidelines, remarks, or all. Default: ${DEFAULT-VALUE}.")
    private PartList parts;

    @Option(names = "--fail-above", paramLabel = "PERCENT", converter = Percentage.Converter.class,
            description = "Exit with 3 if a ratio is above 1 by more than this. A threshold has no error guarantee.")
    private Percentage failAbove;

    @Option(names = "--any-machine", description = "Compare runs of different machines all the same.")
    private boolean anyMachine;

    @Option(names = "--format", paramLabel = "FORMAT", converter = ComparisonFormat.Converter.class,
            defaultValue = "table",
            description = "table, markdown, csv (tables only) or json (everything). Default: ${DEFAULT-VALUE}.")
    private ComparisonFormat format;

    @Override
    public Integer call() {
        require(!folders.isEmpty(), "which runs? name folders that 'fabricmark perf --out' wrote");
        requireOnce();
        List<StoredRun> runs = ShortNames.of(SavedRuns.read(folders));
        requireDifferent(runs);
        Optional<String> difference = anyMachine ? Optional.empty() : Machines.difference(runs);
        if (difference.isPresent()) {
            complain(difference.get() + "; --any-machine compares them all the same");
            return ExitCode.NOT_COMPARABLE;
        }
        Comparison comparison = compare(runs);
        print(comparison);
        return judge(comparison);
    }

    private void requireOnce() {
        Map<String, String> uses = new HashMap<>();
        use(uses, "--row", rows);
        use(uses, "--col", columns);
        use(uses, "--table", tables);
        use(uses, "--best", best);
    }

    private void use(Map<String, String> uses, String option, LabelList list) {
        if (list != null) {
            list.labels().forEach(label -> {
                String other = uses.put(label, option);
                require(other == null, "label '" + label + "' is in " + other + " and in " + option
                        + "; it can be in one of them");
            });
        }
    }

    private void requireDifferent(List<StoredRun> runs) {
        Map<String, String> ids = new HashMap<>();
        for (StoredRun run : runs) {
            String other = ids.put(run.run().id(), run.name());
            require(other == null, "'" + other + "' and '" + run.name() + "' are copies of one run (" + run.run().id()
                    + "): there is nothing to compare");
        }
    }

    private Comparison compare(List<StoredRun> runs) {
        require(columns != null || runs.size() > 1, "one run: which label makes the columns? --col transport or"
                + " --col algorithm, for example; or name a second run");
        List<String> compared = columns == null ? List.of(Labels.RUN) : columns.labels();
        Question question = new Question(rows.labels(), compared, Optional.ofNullable(tables).map(LabelList::labels),
                filter, best.labels(), base(compared));
        try {
            return Comparison.of(runs, question);
        } catch (IllegalArgumentException impossible) {
            Misuse misuse = new Misuse(impossible.getMessage());
            misuse.initCause(impossible);
            throw misuse;
        }
    }

    private Optional<List<String>> base(List<String> compared) {
        if (base == null) {
            return Optional.empty();
        }
        List<String> texts = compared.size() == 1 ? List.of(base) : Arrays.asList(base.split(",", -1));
        require(texts.size() == compared.size(), "--base '" + base + "': columns are " + String.join(",", compared)
                + ", so it has " + compared.size() + " texts with a comma between them");
        return Optional.of(texts);
    }

    private void print(Comparison comparison) {
        switch (format) {
            case CSV -> out().print(ComparisonCsv.text(comparison));
            case JSON -> out().print(ComparisonJson.text(comparison));
            default -> {
                List<Section> sections = Sections.of(comparison, parts.parts());
                List<String> lines = format == ComparisonFormat.MARKDOWN ? SectionMarkdown.lines(sections)
                        : SectionText.lines(sections, terminal().color());
                lines.forEach(out()::println);
            }
        }
        out().flush();
    }

    private int judge(Comparison comparison) {
        boolean several = comparison.grids().stream().anyMatch(grid -> grid.columns().size() > 1);
        if (!several) {
            complain("there is only one column: nothing to compare it with");
            return ExitCode.NOT_COMPARABLE;
        }
        if (comparison.ratios().isEmpty() && comparison.hasDifferentMeasures() && failAbove == null) {
            return ExitCode.GOOD;
        }
        if (comparison.ratios().isEmpty()) {
            List<String> apart = comparison.layout().apart(comparison.cells());
            complain("no cell with right data is in two columns: nothing is comparable; " + (apart.isEmpty()
                    ? "the rows differ (--row), or --filter leaves too little"
                    : "what differs: " + String.join("; ", apart) + " (see --best and --filter)"));
            return ExitCode.NOT_COMPARABLE;
        }
        return failAbove == null ? ExitCode.GOOD : Threshold.judge(comparison, failAbove, this);
    }
}
