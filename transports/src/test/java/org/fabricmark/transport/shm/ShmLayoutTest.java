package org.fabricmark.transport.shm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ShmLayoutTest {
    @Test
    void shouldKeepRegionOffsetAndLengthApart() {
        for (int region : new int[] {0, 1, ShmLayout.MAX_REGIONS - 1}) {
            for (long offset : new long[] {0, 1, ShmLayout.MAX_PART - 1}) {
                long reference = ShmLayout.reference(region, offset);
                assertEquals(region, ShmLayout.region(reference));
                assertEquals(offset, ShmLayout.offset(reference));
                long descriptor = ShmLayout.descriptor(reference, ShmLayout.INLINE_BYTES);
                assertEquals(region, ShmLayout.region(descriptor));
                assertEquals(offset, ShmLayout.offset(descriptor));
                assertEquals(ShmLayout.INLINE_BYTES, ShmLayout.length(descriptor));
                assertTrue(descriptor != 0, "0 means that nothing is inline");
            }
        }
    }

    @Test
    void shouldGiveEverySignalALineOfItsOwn() {
        int size = 3;
        long expected = 0;
        for (int signal = 0; signal < 5; signal++) {
            for (int source = 0; source < size; source++) {
                assertEquals(expected, ShmLayout.line(signal, source, size));
                expected += ShmLayout.LINE_SPACING;
            }
        }
        assertEquals(expected, ShmSignalTable.bytes(5, size));
        assertTrue(ShmLayout.LINE_DATA + ShmLayout.INLINE_BYTES <= ShmLayout.LINE_SPACING, "data leave the line");
    }
}
