package org.fabricmark.bench.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.fabricmark.bench.cases.BenchmarkCase;
import org.fabricmark.bench.cases.Buffers;
import org.fabricmark.bench.cases.Conditions;
import org.fabricmark.bench.cases.Memory;
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

    @Test
    void shouldCountPrivateBuffersAndWhatSweepsCachesApartFromSharedMemory() {
        BenchmarkCase plain = Cases.allReduce(2, 1 << 20);
        MemoryNeeds own = MemoryNeeds.of(List.of(plain.under(Conditions.DEFAULT.with(Memory.PRIVATE))));
        assertEquals(2 << 20, own.privateBytes());
        assertEquals(MemoryNeeds.of(List.of(plain)).sharedBytes(), own.sharedBytes());
        assertEquals(own.sharedBytes() + 2 * (2 << 20), own.bytes());
        MemoryNeeds cold = MemoryNeeds.of(List.of(plain.under(Conditions.DEFAULT.with(Buffers.COLD))));
        assertEquals(LastLevelCache.twice(), cold.privateBytes());
    }

    @Test
    void shouldCountAllBuffersOfARing() {
        BenchmarkCase rotating = Cases.allReduce(2, 1 << 20).under(Conditions.DEFAULT.with(Buffers.ROTATE));
        MemoryNeeds needs = MemoryNeeds.of(List.of(rotating));
        assertTrue(2 * (needs.inputBytes() + needs.outputBytes()) > LastLevelCache.twice(), needs.toString());
    }
}
