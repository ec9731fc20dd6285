package org.fabricmark.bench.cli.argument;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;

/** In which form results go to stdout. */
public enum OutputFormat {
    /** For people. */
    TABLE,
    /** One line for each result, for line tools. */
    CSV,
    /** One object. */
    JSON,
    /** As nccl-tests prints, for tools and eyes that know it. */
    NCCL,
    /** As the OSU micro-benchmarks print. */
    OSU,
    /** As JMH writes JSON, with what is ours beside it. */
    JMH;

    /** The name on the command line. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return label();
    }

    private static OutputFormat parse(String text, List<OutputFormat> formats) {
        List<String> known = formats.stream().map(OutputFormat::label).toList();
        return formats.stream()
                .filter(format -> format.label().equals(text))
                .findFirst()
                .orElseThrow(() -> Names.unknown("format", text, known, null));
    }

    /** For measured cases. */
    public static final class Any implements ITypeConverter<OutputFormat> {
        @Override
        public OutputFormat convert(String text) {
            return parse(text, Arrays.asList(values()));
        }
    }

    /** For everything that is not a list of measured cases. */
    public static final class TableOrJson implements ITypeConverter<OutputFormat> {
        @Override
        public OutputFormat convert(String text) {
            return parse(text, List.of(TABLE, JSON));
        }
    }
}
