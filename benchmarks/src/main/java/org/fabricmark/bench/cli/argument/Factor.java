package org.fabricmark.bench.cli.argument;

import picocli.CommandLine.ITypeConverter;

/** A factor between sizes: above 1, such as 2 or 1.5. */
public final class Factor implements ITypeConverter<Double> {
    private static final String EXPECTED = "a factor is a number above 1, as in 2 or 1.5";

    @Override
    public Double convert(String text) {
        double factor;
        try {
            factor = Double.parseDouble(text);
        } catch (NumberFormatException notANumber) {
            throw Misuse.ofValue(EXPECTED);
        }
        if (!(factor > 1) || Double.isInfinite(factor)) {
            throw Misuse.ofValue(EXPECTED);
        }
        return factor;
    }
}
