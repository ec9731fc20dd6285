package org.fabricmark.bench.cli.argument;

import java.util.OptionalInt;
import org.fabricmark.collective.Tuning;
import picocli.CommandLine.ITypeConverter;

/** A number of channels, or {@code auto}. */
public final class ChannelCount implements ITypeConverter<OptionalInt> {
    private static final String EXPECTED = "a number of channels is 1 to " + Tuning.MOST_CHANNELS + ", or auto";

    @Override
    public OptionalInt convert(String text) {
        if (text.equals(AlgorithmNames.AUTO)) {
            return OptionalInt.empty();
        }
        long channels = WholeNumber.parse(text, 1, EXPECTED);
        if (channels > Tuning.MOST_CHANNELS) {
            throw Misuse.ofValue(EXPECTED);
        }
        return OptionalInt.of((int) channels);
    }
}
