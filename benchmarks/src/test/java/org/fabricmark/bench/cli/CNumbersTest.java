package org.fabricmark.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CNumbersTest {
    @ParameterizedTest
    @CsvSource({"0, 0", "7, 7", "24.4775, 24.4775", "123456, 123456", "999999, 999999", "1000000, 1e+06",
        "1234567, 1.23457e+06", "0.0001, 0.0001", "0.00001234, 1.234e-05", "0.5, 0.5", "48.91001, 48.91", "100, 100",
        "99999.96, 100000", "1e12, 1e+12"})
    void shouldPrintAsPercentG(double value, String text) {
        assertEquals(text, CNumbers.general(value));
    }

    @ParameterizedTest
    @CsvSource({"5.614, 7, '   5.61'", "1234.567, 7, 1234.57", "12345.67, 7, 12345.7", "1234567.8, 7, 1234568",
        "12345678, 7, 1.2e+07", "0.001, 6, '  0.00'", "999.994, 6, 999.99", "9999.96, 6, ' 10000'",
        "123456.7, 6, 123457",
        "1234567, 6, ' 1e+06'"})
    void shouldFitNumbersIntoTheirColumn(double value, int width, String text) {
        assertEquals(text, CNumbers.fitted(value, width));
    }
}
