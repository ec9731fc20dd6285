package org.fabricmark.bench.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalDouble;
import org.fabricmark.transport.Medium;
import org.junit.jupiter.api.Test;

class CaseLimitTest {
    private static CaseLimit limit(double exchangeNanos, double trafficNanos) {
        return new CaseLimit(Medium.MEMORY, exchangeNanos, OptionalDouble.of(trafficNanos));
    }

    @Test
    void shouldAddTheExchangeAndTheTraffic() {
        assertEquals(1.25, limit(250, 1000).us().orElseThrow(), 1e-9);
    }

    @Test
    void shouldNameTheLargerPart() {
        assertEquals(CaseNotes.Bound.MEMORY, limit(250, 1000).bound());
        assertEquals(CaseNotes.Bound.EXCHANGE, limit(250, 10).bound());
        assertEquals(CaseNotes.Bound.EXCHANGE, limit(250, 0).bound());
    }

    @Test
    void shouldKnowNoLimitWhenTheTrafficCannotBeProbed() {
        CaseLimit hidden = new CaseLimit(Medium.MEMORY, 250, OptionalDouble.empty());
        assertTrue(hidden.us().isEmpty());
        assertEquals(CaseNotes.Bound.UNKNOWN, hidden.bound());
    }

    @Test
    void shouldKnowNoLimitOfASingleRankThatMovesNothing() {
        assertTrue(limit(0, 0).us().isEmpty());
        assertEquals(CaseNotes.Bound.UNKNOWN, limit(0, 0).bound());
    }

    @Test
    void shouldNameSocketsWhereTheyCarryTheBytes() {
        assertEquals(
                CaseNotes.Bound.SOCKET_EXCHANGE,
                new CaseLimit(Medium.TCP, 4000, OptionalDouble.of(100)).bound());
        assertEquals(
                CaseNotes.Bound.SOCKET_STREAM,
                new CaseLimit(Medium.UNIX_SOCKETS, 4000, OptionalDouble.of(5000)).bound());
    }
}
