package org.fabricmark.results.select;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.fabricmark.results.model.Labels;

/**
 * Which cells are meant. Terms with blanks between, all of which have to hold:
 *
 * <pre>
 * transport:shm                     the label has this text
 * algorithm:ring,two-shot           or one of these
 * bytes:[1K..1M]                    or is a number from here to there; either end may be left out
 * transport:"netty?io=epoll"        quotes for texts with a blank or a comma
 * -in_place:yes                     a minus: all others
 * </pre>
 *
 * @param terms what has to hold
 */
public record Filter(List<Term> terms) implements Predicate<Cell> {
    /** Every cell. */
    public static final Filter ALL = new Filter(List.of());

    private static final Pattern TERM = Pattern.compile("(-?)([\\w.-]+?):(\\[[^\\]]*\\]|(?:\"[^\"]*\"|[^\\s\",\\[\\]]+)"
            + "(?:,(?:\"[^\"]*\"|[^\\s\",\\[\\]]+))*)(?=\\s|$)");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|[^\",]+");
    private static final Pattern RANGE = Pattern.compile("\\[\\s*(.*?)\\s*\\.\\.\\s*(.*?)\\s*\\]");
    private static final String FORM =
            "a filter is LABEL:TEXT, LABEL:ONE,OTHER or LABEL:[FROM..TO], with blanks between,"
                    + " as in 'transport:shm bytes:[1K..1M]'";

    /** Copies the list. */
    public Filter {
        terms = List.copyOf(terms);
    }

    /**
     * One condition.
     *
     * @param label what it is on
     * @param negated whether it must not hold
     * @param texts that are right; empty if there is a range instead
     * @param from least number
     * @param to largest number
     */
    public record Term(String label, boolean negated, List<String> texts, double from, double to) {
        /** Copies the list. */
        public Term {
            texts = List.copyOf(texts);
        }

        private boolean holds(Cell cell) {
            return holds(cell.text(label)) != negated;
        }

        private boolean holds(String text) {
            Optional<Double> number = Amounts.number(text);
            if (texts.isEmpty()) {
                return number.isPresent() && number.get() >= from && number.get() <= to;
            }
            return texts.contains(text)
                    || number.isPresent() && texts.stream().anyMatch(wanted -> Amounts.number(wanted).equals(number));
        }
    }

    /**
     * The filter that a reader wrote.
     *
     * @throws IllegalArgumentException in one line, if it is none or a label is unknown
     */
    public static Filter parse(String text) {
        List<Term> terms = new ArrayList<>();
        String rest = text.strip();
        while (!rest.isEmpty()) {
            Matcher match = TERM.matcher(rest);
            if (!match.lookingAt()) {
                throw new IllegalArgumentException("cannot read '" + rest + "'; " + FORM);
            }
            terms.add(term(match.group(2), !match.group(1).isEmpty(), match.group(3)));
            rest = rest.substring(match.end()).strip();
        }
        if (terms.isEmpty()) {
            throw new IllegalArgumentException("it is empty; " + FORM);
        }
        return new Filter(terms);
    }

    private static Term term(String label, boolean negated, String wanted) {
        if (!Labels.isKnown(label)) {
            throw new IllegalArgumentException("no label '" + label + "'; known: " + String.join(", ", Labels.names())
                    + ", transport.OPTION");
        }
        if (!wanted.startsWith("[")) {
            List<String> texts = WORD.matcher(wanted).results()
                    .map(word -> word.group(1) == null ? word.group() : word.group(1)).toList();
            return new Term(label, negated, texts, 0, 0);
        }
        Matcher range = RANGE.matcher(wanted);
        if (!range.matches()) {
            throw new IllegalArgumentException("'" + wanted + "' is no range; write [1K..1M], [1K..] or [..1M]");
        }
        double from = end(range.group(1), 0);
        double to = end(range.group(2), Double.POSITIVE_INFINITY);
        if (from > to) {
            throw new IllegalArgumentException("the range " + wanted + " runs backwards");
        }
        return new Term(label, negated, List.of(), from, to);
    }

    private static double end(String text, double open) {
        return text.isEmpty() ? open
                : Amounts.number(text).orElseThrow(() -> new IllegalArgumentException(
                        "'" + text + "' is no number; ranges are of numbers, as in 8, 64K or 1M"));
    }

    @Override
    public boolean test(Cell cell) {
        return terms.stream().allMatch(term -> term.holds(cell));
    }
}
