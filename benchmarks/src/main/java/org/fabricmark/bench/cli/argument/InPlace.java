package org.fabricmark.bench.cli.argument;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;

/** Whether the input lies in the output. */
public enum InPlace {
    /** Input and output are different buffers. */
    NO(List.of(false)),
    /** The input lies in the output. */
    YES(List.of(true)),
    /** A case of each. */
    BOTH(List.of(false, true));

    private final List<Boolean> places;

    InPlace(List<Boolean> places) {
        this.places = places;
    }

    /** For each case that is meant, whether it is in place. */
    public List<Boolean> places() {
        return places;
    }

    private static InPlace parse(String text, List<InPlace> known, String expected) {
        return known.stream()
                .filter(place -> place.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst()
                .orElseThrow(() -> Misuse.ofValue(expected));
    }

    /** For several cases. */
    public static final class Any implements ITypeConverter<InPlace> {
        @Override
        public InPlace convert(String text) {
            return parse(text, Arrays.asList(values()), "no, yes or both");
        }
    }

    /** For one case. */
    public static final class One implements ITypeConverter<InPlace> {
        @Override
        public InPlace convert(String text) {
            return parse(text, List.of(NO, YES), "no or yes");
        }
    }
}
