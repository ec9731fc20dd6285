package org.fabricmark.transport;

import java.lang.foreign.MemorySegment;

/**
 * Registered memory of the same size on every rank: (rank, region, offset) names any byte of it. Made by
 * {@link Transport#allocate}; all parts start as zeros.
 *
 * <p>There are three names for a byte, all resolved when a schedule is bound and none on the step path: the rank's own
 * {@link #address address}; the {@link #reference reference}, which puts and gets take for both of their ends; and, for pairs
 * with {@link Capability#DIRECT_ACCESS}, the peer's byte as an {@link #directAddress address of this rank's own mapping}.
 *
 * <p>Thread rule: the rank's thread. Lifetime: until {@link #close}, or until its transport closes.
 */
public non-sealed interface Region extends Bindable, AutoCloseable {
    /** Bytes of each rank's part. */
    @Override
    long bytes();

    /** This rank's part; usable by the rank's thread until the region is closed. */
    MemorySegment segment();

    /** Absolute address of this rank's part, aligned to 128 bytes. */
    @Override
    long address();

    /**
     * Names the byte at {@code offset} of every rank's part, for {@link Transport#put} and {@link Transport#get}: which rank
     * is meant follows from the side of the transfer. References of one region differ by the difference of their offsets.
     *
     * @param offset 0 to {@link #bytes}, both included
     */
    @Override
    long reference(long offset);

    /**
     * Where this rank can load and store the byte at {@code offset} of {@code peer}'s part. For the own rank, the own part.
     *
     * @throws UnsupportedOperationException when the pair lacks {@link Capability#DIRECT_ACCESS}; callers ask for the
     *     capability before
     */
    long directAddress(int peer, long offset);

    /**
     * Gives the memory back. Collective: every rank closes the region at the same place in its sequence of calls, after all
     * transfers that touch it are complete on all ranks (the caller has run a barrier since). Closing twice does nothing.
     */
    @Override
    void close();
}
