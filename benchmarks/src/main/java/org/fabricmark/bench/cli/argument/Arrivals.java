package org.fabricmark.bench.cli.argument;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.fabricmark.bench.cases.Arrival;
import org.fabricmark.bench.cases.Arrival.Kind;
import picocli.CommandLine.ITypeConverter;

/**
 * Who comes late: a comma list of {@code none}, {@code late:RANK:TIME}, {@code linear:TIME} and {@code random:TIME}.
 *
 * @param patterns each once, in the order given
 */
public record Arrivals(List<Arrival> patterns) {
    private static final String EXPECTED =
            "none, late:RANK:TIME, linear:TIME or random:TIME, with a rank from 0 on and a time above zero, as in late:1:5us";

    public Arrivals {
        patterns = List.copyOf(patterns);
    }

    /**
     * Refuses patterns that cannot happen.
     *
     * @throws Misuse if one names a rank that a job of {@code ranks} ranks has not, or holds ranks back until their peers give up
     */
    public void requireFor(int ranks, Duration timeout) {
        for (Arrival pattern : patterns) {
            if (pattern.rank() >= ranks) {
                throw new Misuse(
                        "--arrival '" + pattern + "': with " + ranks + " ranks, a rank is 0 to " + (ranks - 1));
            }
            if (pattern.nanos() >= timeout.toNanos()) {
                throw new Misuse("--arrival '" + pattern + "': not below --timeout, which is "
                        + Durations.format(timeout) + ": the others would give up");
            }
        }
    }

    /** Reads what users type. */
    public static final class Converter implements ITypeConverter<Arrivals> {
        @Override
        public Arrivals convert(String text) {
            return new Arrivals(new ArrayList<>(
                    Names.split(text).stream().map(Converter::pattern).distinct().toList()));
        }

        private static Arrival pattern(String word) {
            String[] parts = word.split(":", -1);
            try {
                if (parts.length == 1 && parts[0].equals(Kind.NONE.label())) {
                    return Arrival.NONE;
                }
                if (parts.length == 2 && parts[0].equals(Kind.LINEAR.label())) {
                    return new Arrival(Kind.LINEAR, 0, nanos(parts[1]));
                }
                if (parts.length == 2 && parts[0].equals(Kind.RANDOM.label())) {
                    return new Arrival(Kind.RANDOM, 0, nanos(parts[1]));
                }
                if (parts.length == 3 && parts[0].equals(Kind.LATE.label())) {
                    return new Arrival(Kind.LATE, new WholeNumber.Rank().convert(parts[1]), nanos(parts[2]));
                }
            } catch (Misuse wrongPart) {
                throw Misuse.ofValue(EXPECTED);
            }
            throw Misuse.ofValue(EXPECTED);
        }

        private static long nanos(String text) {
            return new Durations().convert(text).toNanos();
        }
    }
}
