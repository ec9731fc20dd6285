package org.fabricmark.bench.cli.argument;

import java.util.Arrays;
import picocli.CommandLine.ITypeConverter;

/** Which rank's time a printed table shows; numbered as in nccl-tests. Stored results always have the slowest one's. */
public enum OverRanks {
    /** 0. */
    RANK_0("rank 0"),
    /** 1. */
    AVERAGE("average of the ranks"),
    /** 2. */
    FASTEST("fastest rank"),
    /** 3. */
    SLOWEST("slowest rank");

    private final String words;

    OverRanks(String words) {
        this.words = words;
    }

    /** In words, for a header. */
    public String words() {
        return words;
    }

    /**
     * The time to show.
     *
     * @param rankTimes a time for each rank
     * @param slowest the time of the slowest rank, call by call
     */
    public double of(double[] rankTimes, double slowest) {
        return switch (this) {
            case RANK_0 -> rankTimes[0];
            case AVERAGE -> Arrays.stream(rankTimes).average().orElse(slowest);
            case FASTEST -> Arrays.stream(rankTimes).min().orElse(slowest);
            case SLOWEST -> slowest;
        };
    }

    /** Reads what users type. */
    public static final class Converter implements ITypeConverter<OverRanks> {
        @Override
        public OverRanks convert(String text) {
            if (!text.matches("[0-3]")) {
                throw Misuse.ofValue("0 rank 0, 1 average, 2 fastest or 3 slowest rank");
            }
            return values()[text.charAt(0) - '0'];
        }
    }
}
