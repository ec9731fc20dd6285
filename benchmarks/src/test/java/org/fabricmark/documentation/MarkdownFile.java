package org.fabricmark.documentation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a Markdown file says that can be held against the repository. */
record MarkdownFile(Path path, String text) {
    private static final Pattern FENCED = Pattern.compile("(?ms)^ *```.*?^ *```");
    private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");
    private static final Pattern LINK = Pattern.compile("\\[[^]\n]*]\\(([^) \n]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.*?) *$");

    /** All Markdown files of the repository, without what builds and runs have made. */
    static List<MarkdownFile> allUnder(Path root) {
        Predicate<Path> made = path -> path.toString().matches("(.*/)?(target|\\.git)(/.*)?|results/runs(/.*)?");
        try (Stream<Path> paths = Files.walk(root)) {
            return paths.filter(path -> path.toString().endsWith(".md") && !made.test(root.relativize(path)))
                    .sorted().map(MarkdownFile::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MarkdownFile read(Path path) {
        try {
            return new MarkdownFile(path, Files.readString(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Targets of links, pictures included. */
    List<String> links() {
        return groups(LINK, prose());
    }

    /** The text of every code span in a paragraph. */
    List<String> codeSpans() {
        return groups(CODE, prose());
    }

    /** Every command line that starts with {@code program}: in code spans, and as a line of its own in a code block. */
    List<String> commandLines(String program) {
        List<String> commands = new ArrayList<>(codeSpans());
        FENCED.matcher(text).results().flatMap(block -> block.group().lines()).map(String::strip)
                .forEach(commands::add);
        return commands.stream().filter(line -> line.equals(program) || line.startsWith(program + " ")).toList();
    }

    /** The anchors that headings have on the usual forges. */
    List<String> anchors() {
        return groups(HEADING, prose()).stream()
                .map(heading -> heading.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
                .toList();
    }

    private String prose() {
        return FENCED.matcher(text).replaceAll("");
    }

    private static List<String> groups(Pattern pattern, String in) {
        return pattern.matcher(in).results().map((MatchResult found) -> found.group(1)).toList();
    }
}
