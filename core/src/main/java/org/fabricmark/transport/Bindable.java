package org.fabricmark.transport;

/**
 * Memory in which a space of a schedule can lie: a {@link Region}, which all ranks have a part of, or a {@link PrivateRegion}, which is
 * this rank's alone.
 */
public sealed interface Bindable permits Region, PrivateRegion {
    /** Bytes of this rank's part. */
    long bytes();

    /** Absolute address of this rank's part. */
    long address();

    /**
     * Names the byte at {@code offset}, for {@link Transport#put} and {@link Transport#get}. References into one memory differ by the
     * difference of their offsets.
     *
     * @param offset 0 to {@link #bytes}, both included
     */
    long reference(long offset);
}
