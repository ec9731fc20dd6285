package org.fabricmark.results.format;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalDouble;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {
    @ParameterizedTest
    @CsvSource({"0.0271, 0.027", "0.3024, 0.302", "4.5678, 4.57", "78.94, 78.9", "123.4, 123", "1234567.8, 1234568",
        "0, 0", "0.00027, 2.7e-04", "0.0034, 0.0034"})
    void shouldPrintAsManyDigitsAsCompare(double value, String text) {
        assertEquals(text, Figures.of(value));
    }

    @Test
    void shouldPrintADashForWhatIsAbsent() {
        assertEquals("-", Figures.of(OptionalDouble.empty()));
        assertEquals("-", Figures.percent(OptionalDouble.empty()));
        assertEquals("87", Figures.percent(OptionalDouble.of(0.871)));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "8, 8", "1000, 1000", "1024, 1K", "1536, 1536", "67108864, 64M", "1099511627776, 1024G"})
    void shouldShortenBytesOnlyWhereThatIsExact(long bytes, String text) {
        assertEquals(text, Figures.ofBytes(bytes));
    }
}
