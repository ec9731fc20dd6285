package org.fabricmark.bench.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RegimeTest {
    @Test
    void shouldNoticeThatAnExchangeTakesLonger() {
        assertTrue(new Regime(5000, 60, 0).sameAs(new Regime(5900, 60, 0)));
        assertFalse(new Regime(5000, 60, 0).sameAs(new Regime(6100, 60, 0)));
        assertFalse(new Regime(6100, 60, 1e6).sameAs(new Regime(5000, 60, 1e6)));
    }

    @Test
    void shouldNoticeThatAStreamTakesLongerThoughAnExchangeDoesNot() {
        assertTrue(new Regime(5000, 60, 200_000).sameAs(new Regime(5000, 60, 280_000)));
        assertFalse(new Regime(5000, 60, 200_000).sameAs(new Regime(5000, 60, 600_000)));
        assertFalse(new Regime(5000, 60, 600_000).sameAs(new Regime(5000, 60, 200_000)));
    }

    @Test
    void shouldNoticeThatALineTakesLongerThoughAnExchangeOverSocketsDoesNot() {
        assertTrue(new Regime(5000, 60, 0).sameAs(new Regime(5900, 80, 0)));
        assertFalse(new Regime(5000, 60, 0).sameAs(new Regime(5900, 250, 0)));
    }

    @Test
    void shouldNotMindWhatAStreamOfFewBytesTakesBeyondAnExchange() {
        assertTrue(new Regime(5000, 60, 100).sameAs(new Regime(5000, 60, 400)));
    }

    @Test
    void shouldNotChangeForARankThatIsAlone() {
        assertTrue(new Regime(0, 60, 0).sameAs(new Regime(0, 60, 0)));
    }

    @Test
    void shouldTakeTheMeanExchangeAndTheFasterStream() {
        assertEquals(new Regime(5500, 70, 200_000),
                new Regime(5000, 60, 300_000).between(new Regime(6000, 80, 200_000)));
    }
}
