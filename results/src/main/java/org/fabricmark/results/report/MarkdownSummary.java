package org.fabricmark.results.report;

import java.util.List;
import java.util.stream.Collectors;

import org.fabricmark.results.model.StoredRun;

/**
 * The report in Markdown, for the summary page of a continuous integration service: the same numbers as the page, with
 * a size that such services accept. Texts from files are escaped, so that none of them is markup.
 */
final class MarkdownSummary {
    /** Half of what a step may write on GitHub. */
    private static final int MOST_CHARACTERS = 500_000;
    private static final String SPECIAL = "\\`*_[]|~";

    private final StringBuilder text = new StringBuilder();
    private int leftOut;

    private MarkdownSummary() {}

    static String text(List<StoredRun> runs, ReportPage page) {
        MarkdownSummary summary = new MarkdownSummary();
        summary.head(runs, page);
        for (Sweep sweep : page.sweeps()) {
            summary.sweep(sweep);
        }
        summary.table(page.crossovers());
        summary.table(page.guidelines());
        if (summary.leftOut > 0) {
            summary.text.append("\n").append(Counted.of(summary.leftOut, "table"))
                    .append(" more: see cells.csv or report.html.\n");
        }
        summary.foot(page);
        return summary.text.toString();
    }

    private void head(List<StoredRun> runs, ReportPage page) {
        text.append("# ").append(escaped(page.title())).append("\n\n**").append(escaped(page.verdict().line()))
                .append("**\n");
        for (String remark : page.verdict().remarks()) {
            text.append("\n* ").append(escaped(remark));
        }
        if (!page.differing().isEmpty()) {
            text.append("\n* The runs differ in: ").append(escaped(String.join(", ", page.differing()))).append('.');
        }
        text.append('\n');
        if (page.severalRuns()) {
            text.append('\n');
            for (int i = 0; i < runs.size(); i++) {
                text.append("* ").append(RunNames.letter(i)).append(": ").append(escaped(runs.get(i).name()))
                        .append('\n');
            }
        }
    }

    private void sweep(Sweep sweep) {
        StringBuilder section = new StringBuilder();
        section.append("\n<details><summary>").append(html(sweep.title())).append("</summary>\n");
        write(section, SweepTables.times(sweep));
        if (sweep.second().isPresent()) {
            write(section, SweepTables.second(sweep));
        }
        add(section.append("\n</details>\n"));
    }

    private void table(Table table) {
        if (!table.rows().isEmpty()) {
            StringBuilder section = new StringBuilder();
            write(section, table);
            add(section);
        }
    }

    /** Adds a section as a whole or not at all. */
    private void add(StringBuilder section) {
        if (text.length() + section.length() > MOST_CHARACTERS) {
            leftOut++;
        } else {
            text.append(section);
        }
    }

    private static void write(StringBuilder section, Table table) {
        section.append("\n").append(escaped(table.title())).append("\n\n");
        row(section, table.heads().stream()
                .map(head -> escaped(head.unit().isEmpty() ? head.text() : head.text() + " (" + head.unit() + ")"))
                .toList());
        row(section, table.heads().stream().map(head -> head.kind() == Table.Kind.WORDS ? ":---" : "---:").toList());
        table.rows().forEach(line -> row(section, line.texts().stream().map(MarkdownSummary::escaped).toList()));
    }

    private void foot(ReportPage page) {
        text.append(
                "\nTime is one call of the slowest rank, the median over batches; sizes are bytes as nccl-tests counts"
                        + " them; of primitives, a time is rank 0's of one operation, and a size that of one message; 1 GB ="
                        + " 10⁹ bytes.\n\n");
        for (String command : page.commands()) {
            text.append("    ").append(command.replace("\n", " ")).append('\n');
        }
    }

    private static void row(StringBuilder section, List<String> cells) {
        section.append(cells.stream().collect(Collectors.joining(" | ", "| ", " |\n")));
    }

    /** Nothing in it is markup, neither Markdown's nor HTML's. */
    static String escaped(String words) {
        StringBuilder safe = new StringBuilder();
        for (char character : html(words).toCharArray()) {
            if (SPECIAL.indexOf(character) >= 0) {
                safe.append('\\');
            }
            safe.append(character == '\n' || character == '\r' ? ' ' : character);
        }
        return safe.toString();
    }

    private static String html(String words) {
        return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
