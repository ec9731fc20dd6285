package org.fabricmark.transport.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class HostLayoutTest {
    @Test
    void shouldHaveRoomForEveryRank() {
        for (int size : new int[] {1, 25, 64, 1000}) {
            assertTrue(
                    HostLayout.stage(size - 1) + HostLayout.TOLD + HostLayout.TOLD_BYTES <= HostLayout
                            .controlBytes(size));
            assertEquals(0, HostLayout.controlBytes(size) % HostLayout.PAGE);
            assertTrue(HostLayout.stage(size - 1) + HostLayout.TOLD + HostLayout.TOLD_BYTES <= HostLayout.stage(size));
        }
        assertTrue(HostLayout.ABORT_TEXT + HostLayout.ABORT_TEXT_BYTES <= HostLayout.stage(0), "abort text");
    }

    @Test
    void shouldTellTransportsApart() {
        assertNotEquals(HostLayout.hash(1), HostLayout.hash(2));
    }
}
