package org.fabricmark.bench.cli.comparison;

import java.util.ArrayList;
import java.util.List;

import org.fabricmark.bench.cli.console.TextTable;

/** Sections as aligned lines. */
public final class SectionText {
    private static final String INDENT = "  ";

    private SectionText() {}

    /** The lines, a blank one between sections. */
    public static List<String> lines(List<Section> sections, boolean color) {
        List<String> lines = new ArrayList<>();
        for (Section section : sections) {
            if (!lines.isEmpty()) {
                lines.add("");
            }
            lines.add(section.title());
            if (!section.heads().isEmpty()) {
                TextTable table = new TextTable(section.heads().stream()
                        .map(head -> (head.number() ? ">" : "") + head.name()).toArray(String[]::new));
                section.rows().forEach(row -> table.row(row.stream()
                        .map(text -> (Object) text.tone().paint(text.text(), color)).toArray()));
                table.lines().forEach(line -> lines.add(INDENT + line));
            }
            section.notes().forEach(note -> lines.add(INDENT + note));
        }
        return lines;
    }
}
