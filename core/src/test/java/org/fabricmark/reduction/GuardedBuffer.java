package org.fabricmark.reduction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.lang.foreign.ValueLayout;
import org.fabricmark.collective.DataType;

/** Native memory at a chosen misalignment with canaries before and after, as wide as the widest vector can be. */
final class GuardedBuffer {
    private static final int MARGIN = 256;
    private static final byte CANARY = 0x5A;

    private final MemorySegment whole;
    private final long start;

    GuardedBuffer(Arena arena, long bytes, int misalignment) {
        whole = arena.allocate(MARGIN + misalignment + bytes + MARGIN, 64);
        start = MARGIN + misalignment;
        whole.fill(CANARY);
    }

    long address() {
        return whole.address() + start;
    }

    /** Every byte that a call of {@code bytes} bytes could reach or overrun becomes a canary again. */
    void clear(long bytes) {
        whole.asSlice(0, start + bytes + MARGIN).fill(CANARY);
    }

    void write(byte[] content, int bytes) {
        MemorySegment.copy(content, 0, whole, ValueLayout.JAVA_BYTE, start, bytes);
    }

    /** Fails unless the buffer holds {@code bytes} bytes of {@code expected} and canaries around them. */
    void assertHolds(byte[] expected, int bytes, String what) {
        assertHolds(null, expected, bytes, what);
    }

    /** As above, but any NaN of {@code type} equals any other, if it has 32 or 64 bits. */
    void assertHolds(DataType type, byte[] expected, int bytes, String what) {
        MemorySegment wanted = MemorySegment.ofArray(expected).asSlice(0, bytes);
        MemorySegment found = whole.asSlice(start, bytes);
        long mismatch = wanted.mismatch(found);
        while (mismatch >= 0) {
            long element = mismatch / width(type) * width(type);
            if (!bothNaN(type, wanted, found, element)) {
                fail(what + ": byte " + mismatch + " is "
                        + Integer.toHexString(found.get(ValueLayout.JAVA_BYTE, mismatch))
                        + ", not " + Integer.toHexString(wanted.get(ValueLayout.JAVA_BYTE, mismatch)));
            }
            long next = element + width(type);
            long further = wanted.asSlice(next).mismatch(found.asSlice(next));
            mismatch = further < 0 ? further : next + further;
        }
        for (long i = 0; i < start; i++) {
            assertCanary(i, what);
        }
        for (long i = start + bytes; i < start + bytes + MARGIN; i++) {
            assertCanary(i, what);
        }
    }

    private void assertCanary(long i, String what) {
        if (whole.get(ValueLayout.JAVA_BYTE, i) != CANARY) {
            assertEquals(CANARY, whole.get(ValueLayout.JAVA_BYTE, i), what + ": byte " + (i - start) + " was touched");
        }
    }

    private static int width(DataType type) {
        return type == null ? 1 : type.bytes();
    }

    private static boolean bothNaN(DataType type, MemorySegment a, MemorySegment b, long at) {
        if (type == DataType.FLOAT) {
            ValueLayout.OfFloat layout = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.nativeOrder());
            return Float.isNaN(a.get(layout, at)) && Float.isNaN(b.get(layout, at));
        }
        if (type == DataType.DOUBLE) {
            ValueLayout.OfDouble layout = ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.nativeOrder());
            return Double.isNaN(a.get(layout, at)) && Double.isNaN(b.get(layout, at));
        }
        return false;
    }
}
