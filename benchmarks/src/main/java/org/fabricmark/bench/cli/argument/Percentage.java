package org.fabricmark.bench.cli.argument;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import picocli.CommandLine.ITypeConverter;

/**
 * A share in percent: {@code 10%}, {@code 2.5%}.
 *
 * @param text as it was typed
 * @param share 0.1 for 10 %
 */
public record Percentage(String text, double share) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,6}(?:\\.\\d{1,6})?)%");
    private static final double PERCENT = 100;

    @Override
    public String toString() {
        return text;
    }

    /** Reads what users type. */
    public static final class Converter implements ITypeConverter<Percentage> {
        @Override
        public Percentage convert(String text) {
            Matcher match = FORM.matcher(text.strip());
            if (!match.matches()) {
                throw Misuse.ofValue("a share is a number of at least 0 with a percent sign, as in 10% or 2.5%");
            }
            return new Percentage(text.strip(), Double.parseDouble(match.group(1)) / PERCENT);
        }
    }
}
