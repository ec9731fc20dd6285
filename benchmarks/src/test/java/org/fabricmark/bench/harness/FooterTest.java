package org.fabricmark.bench.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.fabricmark.results.model.Distribution;
import org.fabricmark.transport.RegistrationCounters;
import org.junit.jupiter.api.Test;

class FooterTest {
    private static Footer.Row row(long bytes, double us, CaseNotes.Bound bound, long... lastPlaces) {
        return new Footer.Row(
                Cases.result(bytes, us), new CaseNotes(10, 0, 1, false, new double[2], lastPlaces, bound,
                        new double[2], Distribution.EMPTY, Distribution.EMPTY, 1, RegistrationCounters.NONE));
    }

    @Test
    void shouldNameSmallestPeakAndHalfOfThePeak() {
        Footer footer = Footer.of(List.of(
                row(8, 0.2, CaseNotes.Bound.EXCHANGE, 3, 1),
                row(8, 0.1, CaseNotes.Bound.EXCHANGE, 0, 0),
                row(1 << 10, 0.5, CaseNotes.Bound.EXCHANGE, 0, 2),
                row(1 << 16, 2.0, CaseNotes.Bound.MEMORY, 0, 4),
                row(1 << 20, 20.0, CaseNotes.Bound.MEMORY, 0, 0),
                row(1 << 24, 2000.0, CaseNotes.Bound.MEMORY, 0, 0)));
        assertEquals(0.1, footer.smallest().timeUs());
        assertEquals(1 << 20, footer.peak().orElseThrow().key().bytes());
        assertEquals(1 << 16, footer.halfPeakBytes().orElseThrow());
        assertEquals(1, footer.slowestRank().orElseThrow());
        assertEquals(0.7, footer.slowestShare().orElseThrow(), 1e-9);
        assertEquals(1 << 16, footer.trafficFrom().orElseThrow());
    }

    @Test
    void shouldLeaveOutWhatATableDoesNotHave() {
        Footer footer = Footer.of(List.of(row(0, 0.2, CaseNotes.Bound.EXCHANGE, 0, 0)));
        assertTrue(footer.peak().isEmpty());
        assertTrue(footer.halfPeakBytes().isEmpty());
        assertTrue(footer.slowestRank().isEmpty());
        assertTrue(footer.trafficFrom().isEmpty());
        assertThrows(IllegalArgumentException.class, () -> Footer.of(List.of()));
    }
}
