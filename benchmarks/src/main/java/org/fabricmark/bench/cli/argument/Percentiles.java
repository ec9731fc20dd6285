package org.fabricmark.bench.cli.argument;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;

/**
 * Which percentiles a table shows: a comma list of numbers above 0 and below 100.
 *
 * @param values each once, in the order given
 */
public record Percentiles(List<BigDecimal> values) {
    /** Those of a table for which none are asked for. */
    public static final Percentiles DEFAULT = new Percentiles(List.of(BigDecimal.valueOf(50), BigDecimal.valueOf(99)));

    /** More digits would need more samples than anybody takes. */
    private static final Pattern NUMBER = Pattern.compile("\\d{1,2}(\\.\\d{1,4})?");

    private static final String EXPECTED =
            "percentiles are numbers above 0 and below 100, with up to 4 digits behind the point, as in 50,99,99.9";

    public Percentiles {
        values = List.copyOf(values);
    }

    /** Whether all of them are whole numbers. */
    public boolean whole() {
        return values.stream().allMatch(value -> value.scale() <= 0);
    }

    /** What users typed, without zeros that mean nothing. */
    public static String text(BigDecimal percentile) {
        return percentile.toPlainString();
    }

    /** Reads what users type. */
    public static final class Converter implements ITypeConverter<Percentiles> {
        @Override
        public Percentiles convert(String text) {
            List<BigDecimal> values = new ArrayList<>();
            for (String word : text.split(",", -1)) {
                if (!NUMBER.matcher(word.strip()).matches()) {
                    throw Misuse.ofValue(EXPECTED);
                }
                BigDecimal value = new BigDecimal(word.strip());
                value = value.stripTrailingZeros();
                if (value.signum() == 0) {
                    throw Misuse.ofValue(EXPECTED);
                }
                value = value.scale() < 0 ? value.setScale(0) : value;
                if (!values.contains(value)) {
                    values.add(value);
                }
            }
            return new Percentiles(values);
        }
    }
}
