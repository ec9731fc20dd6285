package org.fabricmark.bench.cli.argument;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import picocli.CommandLine.ITypeConverter;

/** In which form a comparison goes to stdout. */
public enum ComparisonFormat {
    /** For people. */
    TABLE,
    /** Tables for documents and summaries. */
    MARKDOWN,
    /** The tables, a line for each place. */
    CSV,
    /** Everything, as one object. */
    JSON;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads what users type. */
    public static final class Converter implements ITypeConverter<ComparisonFormat> {
        @Override
        public ComparisonFormat convert(String text) {
            List<String> known = Arrays.stream(values()).map(ComparisonFormat::toString).toList();
            int at = known.indexOf(text);
            if (at < 0) {
                throw Names.unknown("format", text, known, null);
            }
            return values()[at];
        }
    }
}
