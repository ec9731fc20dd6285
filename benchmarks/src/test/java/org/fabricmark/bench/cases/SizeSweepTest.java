package org.fabricmark.bench.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class SizeSweepTest {
    @Test
    void shouldMultiplyUpToTheLargestSizeInclusive() {
        assertEquals(List.of(8L, 16L, 32L, 64L), SizeSweep.geometric(8, 64, 2).bytes());
        assertEquals(List.of(8L, 16L, 32L), SizeSweep.geometric(8, 63, 2).bytes());
        assertEquals(List.of(64L), SizeSweep.geometric(64, 64, 2).bytes());
    }

    @Test
    void shouldKeepFractionsOfAFactorFromSizeToSize() {
        assertEquals(List.of(8L, 12L, 18L, 27L, 40L, 60L), SizeSweep.geometric(8, 64, 1.5).bytes());
    }

    @Test
    void shouldGrowByAtLeastOneByte() {
        assertEquals(List.of(0L, 1L, 2L, 3L), SizeSweep.geometric(0, 3, 1.01).bytes());
    }

    @Test
    void shouldNotOverflowNearTheLargestLong() {
        assertEquals(
                List.of(Long.MAX_VALUE - 1),
                SizeSweep.arithmetic(Long.MAX_VALUE - 1, Long.MAX_VALUE, 1 << 20).bytes());
        assertEquals(
                List.of(1L << 61, 1L << 62),
                SizeSweep.geometric(1L << 61, Long.MAX_VALUE - 1024, 2).bytes());
    }

    @Test
    void shouldAddStepsUpToTheLargestSize() {
        assertEquals(List.of(100L, 200L, 300L), SizeSweep.arithmetic(100, 399, 100).bytes());
    }

    @Test
    void shouldSortAListAndDropRepeatedSizes() {
        assertEquals(List.of(8L, 1000L), new SizeSweep(List.of(1000L, 8L, 1000L)).bytes());
    }

    @Test
    void shouldSayWhatIsWrongWithARange() {
        assertMessage("largest size '4' is below the smallest, '8'", () -> SizeSweep.geometric(8, 4, 2));
        assertMessage("factor '1.0' is not above 1", () -> SizeSweep.geometric(8, 64, 1));
        assertMessage("factor 'NaN' is not above 1", () -> SizeSweep.geometric(8, 64, Double.NaN));
        assertMessage("step '0' is below 1", () -> SizeSweep.arithmetic(8, 64, 0));
        assertMessage("smallest size '-1' is negative", () -> SizeSweep.arithmetic(-1, 64, 1));
        assertMessage("size '-5' is negative", () -> new SizeSweep(List.of(-5L)));
        assertMessage("no message size is given", () -> new SizeSweep(List.of()));
        assertMessage(
                "more than 10000 sizes; use a larger step or factor", () -> SizeSweep.arithmetic(0, 1 << 20, 1));
    }

    private static void assertMessage(String message, Runnable wrong) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, wrong::run).getMessage());
    }
}
