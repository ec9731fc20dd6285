package org.fabricmark.bench.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RegimeTest {
    @Test
    void shouldNoticeThatAnExchangeTakesLonger() {
        assertTrue(new Regime(5000, 0).sameAs(new Regime(5900, 0)));
        assertFalse(new Regime(5000, 0).sameAs(new Regime(6100, 0)));
        assertFalse(new Regime(6100, 1e6).sameAs(new Regime(5000, 1e6)));
    }

    @Test
    void shouldNoticeThatAStreamTakesLongerThoughAnExchangeDoesNot() {
        assertTrue(new Regime(5000, 200_000).sameAs(new Regime(5000, 280_000)));
        assertFalse(new Regime(5000, 200_000).sameAs(new Regime(5000, 600_000)));
        assertFalse(new Regime(5000, 600_000).sameAs(new Regime(5000, 200_000)));
    }

    @Test
    void shouldNotMindWhatAStreamOfFewBytesTakesBeyondAnExchange() {
        assertTrue(new Regime(5000, 100).sameAs(new Regime(5000, 400)));
    }

    @Test
    void shouldNotChangeForARankThatIsAlone() {
        assertTrue(new Regime(0, 0).sameAs(new Regime(0, 0)));
    }

    @Test
    void shouldTakeTheMeanExchangeAndTheFasterStream() {
        assertEquals(new Regime(5500, 200_000), new Regime(5000, 300_000).between(new Regime(6000, 200_000)));
    }
}
