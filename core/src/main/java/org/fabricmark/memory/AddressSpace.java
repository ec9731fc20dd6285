package org.fabricmark.memory;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Loads and stores at absolute addresses, for memory that several ranks share. Ordering is in the method's name; a
 * {@code release} store pairs with the {@code acquire} load that sees its value, in this process or in another one that maps
 * the same page.
 *
 * <p>Addresses are multiples of the width. The owner of the memory keeps it mapped and has checked bounds: a wrong address
 * ends the process.
 *
 * <p>Thread rule: any thread. No method allocates.
 */
public final class AddressSpace {
    /**
     * The whole address space as one segment: byte {@code i} of it is the byte at virtual address {@code i}. A constant
     * segment of the largest size leaves one comparison per access (address below {@link Long#MAX_VALUE}) and no lifetime check.
     */
    public static final MemorySegment ALL = everything();

    /** Elements lie in the machine's order. */
    public static final ByteOrder ORDER = ByteOrder.nativeOrder();

    private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();

    /** Without order the processor does not mind where a value lies; so nothing is checked. */
    private static final VarHandle PLAIN_LONG = ValueLayout.JAVA_LONG_UNALIGNED.varHandle();

    private static final VarHandle PLAIN_INT = ValueLayout.JAVA_INT_UNALIGNED.varHandle();

    private AddressSpace() {}

    @SuppressWarnings("restricted")
    private static MemorySegment everything() {
        return MemorySegment.NULL.reinterpret(Long.MAX_VALUE);
    }

    /** Loads a long; no ordering. */
    public static long getLong(long address) {
        return (long) PLAIN_LONG.get(ALL, address);
    }

    /** Stores a long; no ordering. */
    public static void setLong(long address, long value) {
        PLAIN_LONG.set(ALL, address, value);
    }

    /** Loads a long; later accesses stay behind it. */
    public static long getLongAcquire(long address) {
        return (long) LONG.getAcquire(ALL, address);
    }

    /** Stores a long; earlier accesses stay before it. */
    public static void setLongRelease(long address, long value) {
        LONG.setRelease(ALL, address, value);
    }

    /** Replaces {@code expected} by {@code value}, or does nothing; sequentially consistent. */
    public static boolean compareAndSetLong(long address, long expected, long value) {
        return LONG.compareAndSet(ALL, address, expected, value);
    }

    /** Replaces {@code expected} by {@code value}, or does nothing; answers what was there. Sequentially consistent. */
    public static long compareAndExchangeLong(long address, long expected, long value) {
        return (long) LONG.compareAndExchange(ALL, address, expected, value);
    }

    /** Adds, modulo 2^64; answers what was there. Sequentially consistent. */
    public static long getAndAddLong(long address, long addend) {
        return (long) LONG.getAndAdd(ALL, address, addend);
    }

    /** Stores a long; answers what was there. Sequentially consistent. */
    public static long getAndSetLong(long address, long value) {
        return (long) LONG.getAndSet(ALL, address, value);
    }

    /** Sets bits; answers what was there. Sequentially consistent. */
    public static long getAndOrLong(long address, long bits) {
        return (long) LONG.getAndBitwiseOr(ALL, address, bits);
    }

    /** Loads an int; no ordering. */
    public static int getInt(long address) {
        return (int) PLAIN_INT.get(ALL, address);
    }

    /** Stores an int; no ordering. */
    public static void setInt(long address, int value) {
        PLAIN_INT.set(ALL, address, value);
    }

    /** Stores a byte; no ordering. */
    public static void setByte(long address, byte value) {
        ALL.set(ValueLayout.JAVA_BYTE, address, value);
    }

    /** The {@code bytes} bytes from {@code address} on as a segment that checks its bounds; for set-up paths. */
    public static MemorySegment segment(long address, long bytes) {
        return ALL.asSlice(address, bytes);
    }
}
