package org.fabricmark.results.model;

/**
 * What the numbers of a case mean, where suites differ. A case's size and bandwidths are always converted to ours when
 * it is read; a time cannot be converted, so what it is stays beside it. Two times under different conventions may be
 * shown side by side, but their ratio is not a measurement of one quantity.
 *
 * @param statistic how many calls became one time: {@code median} or {@code mean}
 * @param overRanks which rank's time it is: {@code slowest}, {@code average}, {@code fastest}, {@code rank0}, or
 * {@code unknown}
 * @param size how the program that measured counts message size: {@code nccl} as we do (bytes of the longer of a rank's
 * buffers), {@code per-rank} (bytes that one rank contributes to each other),
 * {@code message} (of a primitive: bytes of one message)
 */
public record Conventions(String statistic, String overRanks, String size) {
    /** The median over batches of the slowest rank's time. */
    public static final Conventions OURS = new Conventions("median", "slowest", "nccl");

    /** Of latencies of primitives: rank 0 times, and a message has the bytes that were asked for. */
    public static final Conventions LATENCY = new Conventions("median", "rank0", "message");
    /** Of bandwidths and rates of primitives: the mean over all messages. */
    public static final Conventions STREAM = new Conventions("mean", "rank0", "message");

    /** Refuses empty words. */
    public Conventions {
        CaseKey.requireWord("statistic", statistic);
        CaseKey.requireWord("overRanks", overRanks);
        CaseKey.requireWord("size", size);
    }

    /** Whether times under both are the same quantity, whatever their sizes were called. */
    public boolean sameTime(Conventions other) {
        return statistic.equals(other.statistic) && overRanks.equals(other.overRanks);
    }

    /** The time in words: {@code median of the slowest rank}. */
    public String timeInWords() {
        return switch (overRanks) {
            case "slowest" -> statistic + " of the slowest rank";
            case "fastest" -> statistic + " of the fastest rank";
            case "average" -> statistic + " averaged over the ranks";
            case "rank0" -> statistic + " of rank 0";
            default -> statistic;
        };
    }
}
