package org.fabricmark.results.select;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers among the texts of labels, as readers write them: {@code 8}, {@code 64K}, {@code 1MiB}; letters are powers of 1024. */
final class Amounts {
    private static final Pattern AMOUNT = Pattern.compile("(\\d{1,18}(?:\\.\\d{1,9})?)([KMG]?)(?:iB|B)?",
            Pattern.CASE_INSENSITIVE);
    private static final String LETTERS = "KMG";
    private static final int THOUSAND = 1024;

    private Amounts() {}

    /** The number, or nothing if it is a word. */
    static Optional<Double> number(String text) {
        Matcher match = AMOUNT.matcher(text);
        if (!match.matches()) {
            return Optional.empty();
        }
        int power = match.group(2).isEmpty() ? 0 : LETTERS.indexOf(Character.toUpperCase(match.group(2).charAt(0))) + 1;
        return Optional.of(Double.parseDouble(match.group(1)) * Math.pow(THOUSAND, power));
    }
}
