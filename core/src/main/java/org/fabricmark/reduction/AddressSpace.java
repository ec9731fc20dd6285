package org.fabricmark.reduction;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;

/**
 * The whole address space of the process as one segment, so that an offset is an absolute address.
 *
 * <p>A constant segment of the largest size leaves one comparison per access (address below {@link Long#MAX_VALUE}) and no
 * lifetime check: the owner of the memory keeps it mapped, and checks bounds once, when a schedule is bound.
 */
final class AddressSpace {
    /** Byte {@code i} of this segment is the byte at virtual address {@code i}. */
    static final MemorySegment ALL = everything();

    /** Elements lie in the machine's order. */
    static final ByteOrder ORDER = ByteOrder.nativeOrder();

    private AddressSpace() {}

    @SuppressWarnings("restricted")
    private static MemorySegment everything() {
        return MemorySegment.NULL.reinterpret(Long.MAX_VALUE);
    }
}
