package org.fabricmark.bench.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CaseLimitTest {
    @Test
    void shouldAddTheExchangeAndTheTraffic() {
        assertEquals(1.25, new CaseLimit(250, 1000).us().orElseThrow(), 1e-9);
    }

    @Test
    void shouldNameTheLargerPart() {
        assertEquals(CaseNotes.Bound.MEMORY, new CaseLimit(250, 1000).bound());
        assertEquals(CaseNotes.Bound.EXCHANGE, new CaseLimit(250, 10).bound());
        assertEquals(CaseNotes.Bound.EXCHANGE, new CaseLimit(250, 0).bound());
    }

    @Test
    void shouldKnowNoLimitOfASingleRankThatMovesNothing() {
        assertTrue(new CaseLimit(0, 0).us().isEmpty());
        assertEquals(CaseNotes.Bound.UNKNOWN, new CaseLimit(0, 0).bound());
    }
}
