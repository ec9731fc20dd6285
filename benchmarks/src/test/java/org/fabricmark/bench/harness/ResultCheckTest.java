package org.fabricmark.bench.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.fabricmark.collective.Collective;
import org.fabricmark.collective.DataType;
import org.fabricmark.collective.ReduceOp;
import org.junit.jupiter.api.Test;

class ResultCheckTest {
    private static final int COUNT = 1000;

    private final MemorySegment tape =
            new DataPattern(Collective.ALL_REDUCE, DataType.FLOAT, ReduceOp.SUM, 2).resultTape(0);
    private final MemorySegment buffer = MemorySegment.ofArray(new float[COUNT]);

    @Test
    void shouldAcceptWhatItWrote() {
        for (int count : new int[] {0, 1, 250, 251, 252, COUNT}) {
            MemorySegment part = buffer.asSlice(0, 4L * count);
            ResultCheck.fill(part, tape, 4, 3);
            assertEquals(0, ResultCheck.wrong(part, tape, 4, 3));
        }
    }

    @Test
    void shouldCountEachWrongElementOnce() {
        ResultCheck.fill(buffer, tape, 4, 3);
        for (int index : new int[] {0, 250, 251, 999}) {
            buffer.setAtIndex(ValueLayout.JAVA_FLOAT, index, -1);
        }
        assertEquals(4, ResultCheck.wrong(buffer, tape, 4, 3));
    }

    @Test
    void shouldCountAllElementsOfAnotherCall() {
        ResultCheck.fill(buffer, tape, 4, 3);
        assertEquals(COUNT, ResultCheck.wrong(buffer, tape, 4, 4));
    }

    @Test
    void shouldTellMinusZeroFromZero() {
        MemorySegment zeros = MemorySegment.ofArray(new float[4]);
        MemorySegment zeroTape =
                new DataPattern(Collective.ALL_REDUCE, DataType.FLOAT, ReduceOp.SUM, 2).neutralTape();
        zeros.setAtIndex(ValueLayout.JAVA_FLOAT, 2, -0.0f);
        assertEquals(1, ResultCheck.wrong(zeros, zeroTape, 4, 0));
    }
}
