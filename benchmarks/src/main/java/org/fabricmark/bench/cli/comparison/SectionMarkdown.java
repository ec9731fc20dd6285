package org.fabricmark.bench.cli.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Sections as Markdown. What comes from files is escaped, so that it stays text. */
public final class SectionMarkdown {
    /** An underscore within a word and a bracket that begins no link are plain text, and better read as such. */
    private static final Pattern SPECIAL =
            Pattern.compile("[\\\\`*<>|~&]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|\\](?=[(\\[:])");

    private SectionMarkdown() {}

    /** The lines, a blank one between paragraphs and tables. */
    public static List<String> lines(List<Section> sections) {
        List<String> lines = new ArrayList<>();
        for (Section section : sections) {
            if (!lines.isEmpty()) {
                lines.add("");
            }
            lines.add("**" + escaped(section.title()) + "**");
            if (!section.heads().isEmpty()) {
                lines.add("");
                lines.add(row(section.heads().stream().map(Section.Head::name).toList()));
                lines.add(section.heads().stream().map(head -> head.number() ? "---:" : "---")
                        .collect(Collectors.joining("|", "|", "|")));
                section.rows().forEach(row -> lines.add(row(row.stream().map(Section.Text::text).toList())));
            }
            if (!section.notes().isEmpty()) {
                lines.add("");
                section.notes().forEach(note -> lines.add("* " + escaped(note)));
            }
        }
        return lines;
    }

    private static String row(List<String> texts) {
        return texts.stream().map(SectionMarkdown::escaped).collect(Collectors.joining(" | ", "| ", " |"));
    }

    private static String escaped(String text) {
        return SPECIAL.matcher(text).replaceAll("\\\\$0");
    }
}
