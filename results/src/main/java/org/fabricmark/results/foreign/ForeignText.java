package org.fabricmark.results.foreign;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import org.fabricmark.results.format.RunFormatException;

/**
 * A file of another program as text. Launchers of MPI put which rank printed in front of a line; that is taken off.
 *
 * @param source what errors call the file
 * @param text all of it
 * @param lines its lines without their prefixes
 */
record ForeignText(String source, String text, List<String> lines) {
    private static final Pattern PREFIX = Pattern.compile("^\\[\\d+,\\d+\\]<std(?:out|err|diag)>:\\s?");

    static ForeignText of(String source, String text) {
        List<String> lines = new ArrayList<>();
        text.lines().forEach(line -> lines.add(PREFIX.matcher(line).replaceFirst("")));
        return new ForeignText(source, text, List.copyOf(lines));
    }

    /** Where something is, for errors. */
    String place(int line) {
        return source + " line " + (line + 1);
    }

    /** A failure at a line, from 0. */
    RunFormatException failure(int line, String what) {
        return new RunFormatException(place(line) + ": " + what);
    }

    /** A failure of the whole file. */
    RunFormatException failure(String what) {
        return new RunFormatException(source + ": " + what);
    }

    /** The fields of a line that blanks separate. */
    static List<String> fields(String line) {
        return line.isBlank() ? List.of() : List.of(line.strip().split("\\s+"));
    }
}
