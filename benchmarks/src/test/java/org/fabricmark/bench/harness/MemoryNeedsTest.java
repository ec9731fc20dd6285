package org.fabricmark.bench.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.fabricmark.collective.Collective;
import org.junit.jupiter.api.Test;

class MemoryNeedsTest {
    @Test
    void shouldTakeTheLargestBuffersOfAJob() {
        MemoryNeeds needs = MemoryNeeds.of(List.of(
                Cases.allReduce(2, 1 << 20), Cases.of(Collective.ALL_GATHER, "auto", "shm", 2, false, 4 << 20)));
        assertEquals(2 << 20, needs.inputBytes());
        assertEquals(4 << 20, needs.outputBytes());
        assertTrue(needs.bytes() >= 2 * (6L << 20), needs.toString());
    }

    @Test
    void shouldTakeTheJobThatNeedsMost() {
        MemoryNeeds needs =
                MemoryNeeds
                        .of(List.of(Cases.allReduce(2, 1 << 10), Cases.allReduce(5, 1 << 20), Cases.allReduce(3, 8)));
        assertEquals(5, needs.ranks());
    }

    @Test
    void shouldCountScratchOfAllLanes() {
        MemoryNeeds needs = MemoryNeeds.of(
                List.of(Cases.of(Collective.ALL_REDUCE, "ring", "shm?direct=no", 4, false, 1 << 20)));
        assertTrue(needs.scratchBytes() > 1 << 20, needs.toString());
    }
}
