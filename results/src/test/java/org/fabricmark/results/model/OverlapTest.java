package org.fabricmark.results.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class OverlapTest {
    @Test
    void shouldBeThePartOfTheCallThatTheComputationHid() {
        assertEquals(100, new Overlap(10, 10, 10).percent(), 1e-9);
        assertEquals(50, new Overlap(10, 10, 15).percent(), 1e-9);
        assertEquals(0, new Overlap(10, 10, 20).percent(), 1e-9);
    }

    @Test
    void shouldNotBeBelowZeroWhenTestsCostMoreThanTheyHide() {
        assertEquals(0, new Overlap(10, 10, 31).percent(), 1e-9);
    }

    @Test
    void shouldRefuseTimesThatCannotBe() {
        assertThrows(IllegalArgumentException.class, () -> new Overlap(0, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new Overlap(1, -1, 1));
        assertThrows(IllegalArgumentException.class, () -> new Overlap(1, 1, Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> new Overlap(1, 1, Double.POSITIVE_INFINITY));
    }

    @Test
    void shouldNeedAllThreeTimes() {
        CaseResultBuilder builder = CaseResult
                .builder(CaseKey.builder("barrier").transport("shm").inPlace(false).bytes(0).build(), 0, 1, 1)
                .algorithmSelected("dissemination").timeUs(1).pureUs(2);
        assertEquals("a result needs 'compute_us'",
                assertThrows(IllegalArgumentException.class, builder::build).getMessage());
    }
}
