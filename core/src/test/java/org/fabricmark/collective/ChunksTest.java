package org.fabricmark.collective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ChunksTest {
    @Test
    void shouldCoverAllElementsOnceWithTheLongestPartFirst() {
        for (int width : new int[] {1, 4, 8}) {
            for (int parts = 1; parts <= 17; parts++) {
                for (long count : new long[] {0, 1, parts - 1, parts, parts + 1, 1000, 5000L * parts + 3}) {
                    Chunks chunks = Chunks.of(count, parts, width);
                    assertEquals(0, chunks.start(0));
                    assertEquals(count, chunks.start(parts));
                    for (int i = 0; i < parts; i++) {
                        assertTrue(chunks.length(i) >= 0);
                        assertTrue(chunks.length(i) <= chunks.length(0), chunks + ", part " + i);
                        assertTrue(chunks.length(0) - chunks.length(i) < 2 * chunks.quantum() || i == parts - 1);
                    }
                }
            }
        }
    }

    @Test
    void shouldAlignBoundariesOnceChunksReachFourKibibytes() {
        Chunks below = Chunks.of(3 * 1023, 3, 4);
        Chunks above = Chunks.of(3 * 1024 + 1, 3, 4);
        assertEquals(1, below.quantum());
        assertEquals(32, above.quantum());
        assertEquals(0, above.start(1) * 4 % 128);
        assertEquals(0, above.start(2) * 4 % 128);
    }

    @Test
    void shouldCapTheNumberOfSegments() {
        Tuning tuning = new Tuning(128, 8, 0);
        assertEquals(1, Chunks.segments(0, 4, tuning).parts());
        assertEquals(1, Chunks.segments(32, 4, tuning).parts());
        assertEquals(2, Chunks.segments(33, 4, tuning).parts());
        assertEquals(8, Chunks.segments(1_000_000, 4, tuning).parts());
    }
}
