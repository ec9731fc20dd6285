package org.fabricmark.results.model;

import java.util.Locale;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class NumbersTest {
    @ParameterizedTest
    @CsvSource({"0.05, 0.05", "0.0512345678912, 0.0512345679", "1e-7, 0.0000001", "12, 12", "1e7, 10000000",
        "123456789012, 123456789000", "0.1, 0.1", "0.30000000000000004, 0.3", "-0.0, 0", "99.9999999999, 100",
        "1e21, 1000000000000000000000"})
    void shouldWritePlainDecimal(double value, String text) {
        assertEquals(text, Numbers.text(value));
    }

    @Test
    void shouldNotDependOnTheLocale() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertEquals("1234.5", Numbers.text(1234.5));
            assertEquals(1234.5, Numbers.parseReal("x", "1234.5"));
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void shouldGiveTheSameTextAfterReadingItBack() {
        long seed = Long.getLong("fabricmark.seed", 20261124L);
        Random random = new Random(seed);
        for (int i = 0; i < 10_000; i++) {
            double value = random.nextDouble() * Math.pow(10, random.nextInt(-9, 12));
            String text = Numbers.text(value);
            double read = Numbers.parseReal("x", text);
            assertEquals(text, Numbers.text(read), "seed " + seed);
            assertTrue(Math.abs(read - value) <= value * 0.5001e-8, "seed " + seed + ": " + value + " became " + text);
        }
    }

    @Test
    void shouldRefuseWhatIsNoNumber() {
        assertThrows(IllegalArgumentException.class, () -> Numbers.text(Double.NaN));
        assertEquals("x 'NaN' is not a finite number",
                assertThrows(IllegalArgumentException.class, () -> Numbers.parseReal("x", "NaN")).getMessage());
        assertEquals("x '1,5' is not a number",
                assertThrows(IllegalArgumentException.class, () -> Numbers.parseReal("x", "1,5")).getMessage());
        assertEquals("x '1.5' is not a whole number",
                assertThrows(IllegalArgumentException.class, () -> Numbers.parseLong("x", "1.5")).getMessage());
    }
}
