package org.fabricmark.algorithm.pattern;

/**
 * Folds any number of ranks onto the largest power of two below it, for algorithms that pair ranks by bits. Of the first
 * {@code 2 * folded} ranks, each even one lends its contribution to the odd one behind it and waits for the result; the odd
 * ones and all ranks behind the pairs are the <em>core</em> ranks 0 … core-1. Order is kept: core ranks ascend with ranks.
 *
 * @param size ranks, at least 1
 * @param core the largest power of two that is not above {@code size}
 * @param folded how many ranks lend: {@code size - core}
 */
public record Fold(int size, int core, int folded) {
    /** The fold of {@code size} ranks. */
    public static Fold of(int size) {
        int core = Integer.highestOneBit(size);
        return new Fold(size, core, size - core);
    }

    /** Whether {@code rank} lends its contribution and does not take part in the core. */
    public boolean lends(int rank) {
        return rank < 2 * folded && (rank & 1) == 0;
    }

    /** Whether {@code rank} carries the contribution of the rank before it. */
    public boolean carries(int rank) {
        return rank < 2 * folded && (rank & 1) == 1;
    }

    /** The core rank of a rank that does not lend. */
    public int coreRank(int rank) {
        return rank < 2 * folded ? rank / 2 : rank - folded;
    }

    /** The rank behind a core rank. */
    public int rankOf(int coreRank) {
        return coreRank < folded ? 2 * coreRank + 1 : coreRank + folded;
    }

    /** Rounds of pairwise exchange in the core: log2. */
    public int rounds() {
        return Integer.numberOfTrailingZeros(core);
    }

    /**
     * How much longer folding makes the longest chain of messages, when the core exchanges by all its bits between the messages
     * to carriers and those back. There is one round more before. The one behind makes a chain longer only when all rounds lead
     * from one carrier to another, that is from some core rank below {@code folded} to the one whose bits are all different.
     */
    public int addedRounds() {
        if (folded == 0) {
            return 0;
        }
        return 2 * folded > core ? 2 : 1;
    }
}
