package org.fabricmark.transport.rdma.loopback;

import java.util.Arrays;

/** Pieces of memory by address in this process, all checked: one end of a copy. Filled again and again; grows when it must. */
final class Pieces {
    long[] addresses;
    long[] lengths;
    int size;

    Pieces(int usual) {
        addresses = new long[usual];
        lengths = new long[usual];
    }

    void clear() {
        size = 0;
    }

    void add(long address, long length) {
        if (size == addresses.length) {
            addresses = Arrays.copyOf(addresses, 2 * size);
            lengths = Arrays.copyOf(lengths, 2 * size);
        }
        addresses[size] = address;
        lengths[size] = length;
        size++;
    }

    void only(long address, long length) {
        addresses[0] = address;
        lengths[0] = length;
        size = 1;
    }
}
