package org.fabricmark.schedule.verify;

/**
 * Who knows what: clocks of all channels, and the accesses that they make known to be over.
 *
 * @param size ranks
 * @param channelsPerRank actors of each rank: actor = rank x channelsPerRank + channel
 */
record Knowledge(int size, int channelsPerRank, Clocks clocks, Accesses accesses) {
    static Knowledge of(int size, int channelsPerRank) {
        Clocks clocks = new Clocks(size * channelsPerRank);
        return new Knowledge(size, channelsPerRank, clocks, new Accesses(clocks));
    }
}
