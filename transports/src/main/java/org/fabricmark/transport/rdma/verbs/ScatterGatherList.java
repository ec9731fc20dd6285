package org.fabricmark.transport.rdma.verbs;

import java.util.Arrays;

/**
 * Pieces of registered memory, in order: what a send gathers from, and what a receive or a read scatters into. An empty list is a
 * message of no bytes. Of a piece of no bytes neither address nor key is looked at.
 *
 * <p>Filled again and again by its owner; the lists grow when they must and allocate at no other time.
 */
final class ScatterGatherList {
    private static final int USUAL = 4;

    private long[] addresses = new long[USUAL];
    private int[] lengths = new int[USUAL];
    private int[] keys = new int[USUAL];
    private int size;

    void clear() {
        size = 0;
    }

    void add(long address, int length, LocalKey key) {
        if (length < 0) {
            throw VerbsException.invalid("a piece of " + length + " bytes");
        }
        if (size == lengths.length) {
            addresses = Arrays.copyOf(addresses, 2 * size);
            lengths = Arrays.copyOf(lengths, 2 * size);
            keys = Arrays.copyOf(keys, 2 * size);
        }
        addresses[size] = address;
        lengths[size] = length;
        keys[size] = key.value();
        size++;
    }

    int size() {
        return size;
    }

    long address(int piece) {
        return addresses[piece];
    }

    int length(int piece) {
        return lengths[piece];
    }

    int key(int piece) {
        return keys[piece];
    }

    long bytes() {
        long bytes = 0;
        for (int i = 0; i < size; i++) {
            bytes += lengths[i];
        }
        return bytes;
    }
}
