package org.fabricmark.schedule.verify;

/**
 * Who knows what: clocks of all channels, and the accesses that they make known to be over.
 *
 * @param size ranks
 * @param slots calls of a rank that may be under way at the same time
 * @param channelsPerRank actors of each call under way
 */
record Knowledge(int size, int slots, int channelsPerRank, Clocks clocks, Accesses accesses) {
    static Knowledge of(int size, int slots, int channelsPerRank) {
        Clocks clocks = new Clocks(size * slots * channelsPerRank);
        return new Knowledge(size, slots, channelsPerRank, clocks, new Accesses(clocks));
    }

    /** The actor that is {@code channel} of the call that {@code rank} has under way in {@code slot}. */
    int actor(int rank, int slot, int channel) {
        return (rank * slots + slot) * channelsPerRank + channel;
    }

    /** An access in words. */
    String describe(long access) {
        return accesses.describe(
                access,
                actor -> "rank " + actor / (slots * channelsPerRank) + " (channel " + actor % channelsPerRank + ")");
    }
}
