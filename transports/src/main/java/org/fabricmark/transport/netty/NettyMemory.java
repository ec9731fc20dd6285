package org.fabricmark.transport.netty;

import java.util.Arrays;

/**
 * What peers can name at this rank: regions and signal tables by their numbers, which are the same on every rank because all
 * allocate and close in the same order.
 *
 * <p>Thread rule: the rank's thread.
 */
final class NettyMemory {
    private final int rank;
    private final int size;
    private NettyRegion[] regions = new NettyRegion[16];

    /** By region number, for the step path; 0 and 0 where there is none. */
    private long[] addresses = new long[16];

    private long[] lengths = new long[16];
    private NettySignalTable[] tables = new NettySignalTable[8];
    private long[][] totals = new long[8][];

    NettyMemory(int rank, int size) {
        this.rank = rank;
        this.size = size;
    }

    /** @throws OutOfMemoryError when memory is short */
    NettyRegion allocate(long bytes) {
        if (bytes < 1 || bytes > NettyLayout.MAX_PART) {
            throw new IllegalArgumentException("bytes=" + bytes + ": from 1 to " + NettyLayout.MAX_PART);
        }
        int number = 0;
        while (number < regions.length && regions[number] != null) {
            number++;
        }
        if (number == NettyLayout.MAX_REGIONS) {
            throw new IllegalStateException(NettyLayout.MAX_REGIONS + " regions are open");
        }
        if (number == regions.length) {
            regions = Arrays.copyOf(regions, 2 * number);
            addresses = Arrays.copyOf(addresses, 2 * number);
            lengths = Arrays.copyOf(lengths, 2 * number);
        }
        NettyRegion region = new NettyRegion(this, number, rank, bytes);
        regions[number] = region;
        addresses[number] = region.address();
        lengths[number] = bytes;
        return region;
    }

    NettySignalTable allocateSignals(int signals) {
        int number = 0;
        while (number < tables.length && tables[number] != null) {
            number++;
        }
        if (number == tables.length) {
            tables = Arrays.copyOf(tables, 2 * number);
            totals = Arrays.copyOf(totals, 2 * number);
        }
        NettySignalTable table = new NettySignalTable(this, number, signals, rank, size);
        tables[number] = table;
        totals[number] = table.totals;
        return table;
    }

    void forget(NettyRegion region) {
        regions[region.number()] = null;
        addresses[region.number()] = 0;
        lengths[region.number()] = 0;
    }

    void forget(NettySignalTable table) {
        if (tables[table.number()] == table) {
            tables[table.number()] = null;
            totals[table.number()] = null;
        }
    }

    void closeAll() {
        for (NettyRegion region : regions) {
            if (region != null) {
                region.close();
            }
        }
    }

    /** The address of a reference that this rank made itself. */
    long address(long reference) {
        return addresses[NettyLayout.region(reference)] + NettyLayout.offset(reference);
    }

    /** The address of a reference that a peer has sent, for {@code bytes} bytes. */
    long check(long reference, long bytes) throws WireException {
        long region = reference >>> NettyLayout.OFFSET_BITS;
        long offset = NettyLayout.offset(reference);
        long length = region < lengths.length ? lengths[(int) region] : 0;
        if (bytes < 1 || bytes > length || offset > length - bytes) {
            throw new WireException("a reference to " + bytes + " bytes at " + offset + " of region " + region
                    + (length == 0 ? ", which does not exist" : ", which has " + length));
        }
        return addresses[(int) region] + offset;
    }

    /** Whether the counter of this rank that {@code signal} names has reached {@code total}. */
    boolean reached(long signal, long total) {
        return totals[NettyLayout.table(signal)][NettyLayout.index(signal)] >= total;
    }

    /** The rank that raises a counter of this rank. */
    int source(long signal) {
        return NettyLayout.index(signal) % size;
    }

    /** Whether {@code source} may raise {@code signal} to {@code total} now; counters do not go back. */
    void checkSignal(int source, long signal, long total) throws WireException {
        long table = signal >>> NettyLayout.TABLE_SHIFT;
        int index = NettyLayout.index(signal);
        long[] counters = table < totals.length ? totals[(int) table] : null;
        if (counters == null || index < 0 || index >= counters.length) {
            throw new WireException("signal " + index + " of table " + table + ", which does not exist");
        }
        if (index % size != source) {
            throw new WireException("a signal of rank " + index % size);
        }
        if (total < counters[index]) {
            throw new WireException("signal " + index / size + " of table " + table + " with total " + total + " after "
                    + counters[index]);
        }
    }

    /** Raises a counter that was checked. */
    void raise(long signal, long total) {
        totals[NettyLayout.table(signal)][NettyLayout.index(signal)] = total;
    }
}
