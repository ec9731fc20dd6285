package org.fabricmark.bench.cli;

import java.util.Locale;

/** Numbers as C's printf writes them, where Java's formats differ: for layouts that other programs have defined. */
final class CNumbers {
    private static final int SIGNIFICANT = 6;
    private static final int WIDE = 7;

    private CNumbers() {}

    /** {@code %g}: six significant digits without zeros at the end, with an exponent below 0.0001 and from 1000000 on. */
    static String general(double value) {
        if (value == 0) {
            return "0";
        }
        String scientific = String.format(Locale.ROOT, "%." + (SIGNIFICANT - 1) + "e", value);
        int mark = scientific.indexOf('e');
        int exponent = Integer.parseInt(scientific.substring(mark + 1));
        if (exponent < -4 || exponent >= SIGNIFICANT) {
            return withoutZeros(scientific.substring(0, mark)) + scientific.substring(mark);
        }
        return withoutZeros(String.format(Locale.ROOT, "%." + (SIGNIFICANT - 1 - exponent) + "f", value));
    }

    private static String withoutZeros(String digits) {
        return digits.contains(".") ? digits.replaceFirst("\\.?0+$", "") : digits;
    }

    /** As nccl-tests fits a number into a column: with as many of two digits behind the point as there is room for. */
    static String fitted(double value, int width) {
        for (int digits = 2; digits >= 0; digits--) {
            String text = String.format(Locale.ROOT, "%" + width + "." + digits + "f", value);
            if (text.length() <= width) {
                return text;
            }
        }
        return String.format(Locale.ROOT, "%" + width + "." + (width >= WIDE ? 1 : 0) + "e", value);
    }
}
