package org.fabricmark.communicator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.fabricmark.algorithm.Algorithms;
import org.fabricmark.collective.Collective;
import org.fabricmark.collective.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrivatePlacementTest {
    private static PrivatePlacement placement(Collective collective, String algorithm, boolean inPlace) {
        return PrivatePlacement.of(
                Algorithms.named(collective, algorithm).orElseThrow(),
                Shape.of(collective, 4, 1000, 4).withInPlace(inPlace));
    }

    @ParameterizedTest
    @CsvSource({
        "ALL_REDUCE, one-shot, true, true", "ALL_REDUCE, ring, true, false", "ALL_REDUCE, two-shot, false, false",
        "ALL_GATHER, ring, true, false", "REDUCE_SCATTER, direct, false, true", "ALL_TO_ALL, direct, true, false"})
    void shouldLeaveBuffersThatNoPeerTouches(Collective collective, String algorithm, boolean input, boolean output) {
        PrivatePlacement placement = placement(collective, algorithm, false);
        assertEquals(input, placement.input());
        assertEquals(output, placement.output());
        assertEquals(false, placement.joint());
    }

    @Test
    void shouldLeaveACallInPlaceWhenNoPeerTouchesEitherBuffer() {
        assertEquals(true, placement(Collective.ALL_REDUCE, "one-shot", true).joint());
        assertEquals(true, placement(Collective.ALL_TO_ALL, "direct", true).joint());
    }

    @Test
    void shouldTakeACallOutOfPlaceWhenOnlyOneBufferCanStay() {
        PrivatePlacement placement = placement(Collective.ALL_GATHER, "ring", true);
        assertEquals(false, placement.shape().inPlace());
        assertEquals(true, placement.input());
        assertEquals(false, placement.output());
    }

    @Test
    void shouldStageACallInPlaceAsItIsWhenNeitherBufferCanStay() {
        PrivatePlacement placement = placement(Collective.ALL_REDUCE, "two-shot", true);
        assertEquals(PrivatePlacement.staged(placement.shape()), placement);
        assertEquals(true, placement.shape().inPlace());
    }

    @Test
    void shouldStageACallWithoutElements() {
        Shape empty = Shape.of(Collective.ALL_REDUCE, 4, 0, 4);
        assertEquals(
                PrivatePlacement.staged(empty),
                PrivatePlacement.of(Algorithms.named(Collective.ALL_REDUCE, "ring").orElseThrow(), empty));
    }
}
