package org.fabricmark.reduction;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;
import static org.fabricmark.memory.AddressSpace.ALL;

import java.lang.foreign.MemorySegment;

/**
 * The copy of one range to another, which both copy kernels share.
 *
 * <p>Up to 64 bytes go without a loop: the first and the last half, which may overlap, all loads before all stores. Inlined
 * into its caller that takes less than the fixed cost of a bulk copy. Above, the JVM's bulk copy was as fast as a loop over
 * vectors or faster from 1 KiB to 2 MiB. At 4 MiB, which still fits in the last-level cache, it was slower, and from 16 MiB
 * on 1.3 to 1.5 times faster, as stores that bypass the caches are. Pieces of 256 KiB lose that gain.
 */
final class Copies {
    /** The largest size that is copied without a loop. */
    private static final int SMALL_BYTES = 64;

    private Copies() {}

    /** Copies {@code bytes} bytes, 0 or more. */
    static void copy(long from, long to, long bytes) {
        if (bytes <= SMALL_BYTES) {
            copySmall(from, to, (int) bytes);
        } else {
            MemorySegment.copy(ALL, from, ALL, to, bytes);
        }
    }

    private static void copySmall(long from, long to, int bytes) {
        if (bytes == 8) {
            ALL.set(JAVA_LONG_UNALIGNED, to, ALL.get(JAVA_LONG_UNALIGNED, from));
        } else if (bytes < 8) {
            copyUpTo7(from, to, bytes);
        } else if (bytes <= 16) {
            copyHalves(from, to, from + bytes - 8, to + bytes - 8);
        } else if (bytes <= 32) {
            copyHalvesOf16(from, to, from + bytes - 16, to + bytes - 16);
        } else {
            copyHalvesOf32(from, to, from + bytes - 32, to + bytes - 32);
        }
    }

    private static void copyUpTo7(long from, long to, int bytes) {
        if (bytes >= 4) {
            int first = ALL.get(JAVA_INT_UNALIGNED, from);
            int last = ALL.get(JAVA_INT_UNALIGNED, from + bytes - 4);
            ALL.set(JAVA_INT_UNALIGNED, to, first);
            ALL.set(JAVA_INT_UNALIGNED, to + bytes - 4, last);
        } else if (bytes >= 2) {
            short first = ALL.get(JAVA_SHORT_UNALIGNED, from);
            short last = ALL.get(JAVA_SHORT_UNALIGNED, from + bytes - 2);
            ALL.set(JAVA_SHORT_UNALIGNED, to, first);
            ALL.set(JAVA_SHORT_UNALIGNED, to + bytes - 2, last);
        } else if (bytes == 1) {
            ALL.set(JAVA_BYTE, to, ALL.get(JAVA_BYTE, from));
        }
    }

    private static void copyHalves(long from, long to, long fromLast, long toLast) {
        long first = ALL.get(JAVA_LONG_UNALIGNED, from);
        long last = ALL.get(JAVA_LONG_UNALIGNED, fromLast);
        ALL.set(JAVA_LONG_UNALIGNED, to, first);
        ALL.set(JAVA_LONG_UNALIGNED, toLast, last);
    }

    private static void copyHalvesOf16(long from, long to, long fromLast, long toLast) {
        long a = ALL.get(JAVA_LONG_UNALIGNED, from);
        long b = ALL.get(JAVA_LONG_UNALIGNED, from + 8);
        long y = ALL.get(JAVA_LONG_UNALIGNED, fromLast);
        long z = ALL.get(JAVA_LONG_UNALIGNED, fromLast + 8);
        ALL.set(JAVA_LONG_UNALIGNED, to, a);
        ALL.set(JAVA_LONG_UNALIGNED, to + 8, b);
        ALL.set(JAVA_LONG_UNALIGNED, toLast, y);
        ALL.set(JAVA_LONG_UNALIGNED, toLast + 8, z);
    }

    /** Overlapping halves are the same bytes of the same source, so their order does not matter. */
    private static void copyHalvesOf32(long from, long to, long fromLast, long toLast) {
        copyHalvesOf16(from, to, from + 16, to + 16);
        copyHalvesOf16(fromLast, toLast, fromLast + 16, toLast + 16);
    }
}
