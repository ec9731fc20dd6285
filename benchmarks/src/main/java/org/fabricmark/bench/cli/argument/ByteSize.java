package org.fabricmark.bench.cli.argument;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fabricmark.results.format.Figures;
import picocli.CommandLine.ITypeConverter;

/**
 * A number of bytes as users write it: {@code 8}, {@code 100K}, {@code 64M}, {@code 1G}; the letters are powers of 1024.
 *
 * @param bytes at least 1
 */
public record ByteSize(long bytes) {
    private static final String LETTERS = "KMG";
    private static final Pattern SIZE = Pattern.compile("(\\d+)([KMGkmg]?)");
    private static final String EXPECTED = "a size is a whole number of bytes from 1 on, as in 8, 100K, 64M or 1G";

    /** Reads one size. */
    public static ByteSize parse(String text) {
        Matcher match = SIZE.matcher(text.strip());
        if (!match.matches()) {
            throw Misuse.ofValue(EXPECTED);
        }
        int power = match.group(2).isEmpty() ? 0 : LETTERS.indexOf(Character.toUpperCase(match.group(2).charAt(0))) + 1;
        long bytes;
        try {
            bytes = Math.multiplyExact(Long.parseLong(match.group(1)), 1L << (10 * power));
        } catch (NumberFormatException | ArithmeticException tooLarge) {
            throw Misuse.ofValue("larger than any memory; " + EXPECTED);
        }
        if (bytes < 1) {
            throw Misuse.ofValue(EXPECTED);
        }
        return new ByteSize(bytes);
    }

    /** The shortest exact form: 65536 is {@code 64K}, 1000 is {@code 1000}. */
    public static String format(long bytes) {
        return Figures.ofBytes(bytes);
    }

    @Override
    public String toString() {
        return format(bytes);
    }

    /** Reads what users type. */
    public static final class Converter implements ITypeConverter<ByteSize> {
        @Override
        public ByteSize convert(String text) {
            return parse(text);
        }
    }
}
