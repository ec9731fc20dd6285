package org.fabricmark.results.format;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Random;
import java.util.zip.DataFormatException;

import org.HdrHistogram.Histogram;
import org.fabricmark.results.model.Distribution;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

class HistogramTextTest {
    @Test
    void shouldReadBackWhatAHistogramRecorded() {
        Histogram histogram = new Histogram(3);
        Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            histogram.recordValue((long) Math.exp(random.nextDouble(25)));
        }
        histogram.recordValue(0);
        Distribution distribution = HistogramText.distribution(histogram);
        assertEquals(10_001, distribution.samples());
        assertEquals(distribution, HistogramText.parse(HistogramText.of(distribution)));
        assertEquals(histogram.getValueAtPercentile(99), distribution.percentile(99).orElseThrow());
    }

    @Test
    void shouldBeReadableByTheLibrary() throws DataFormatException {
        Distribution distribution = Distribution.of(new double[] {500, 70_015}, new long[] {3, 4});
        Histogram histogram = Histogram.decodeFromCompressedByteBuffer(
                ByteBuffer.wrap(Base64.getDecoder().decode(HistogramText.of(distribution))), 0);
        assertEquals(4, histogram.getTotalCount());
        assertEquals(3, histogram.getNumberOfSignificantValueDigits());
    }

    @Test
    void shouldSayThatATextIsNone() {
        assertEquals("'HISTFAAAA!...' is not a compressed HdrHistogram",
                assertThrows(IllegalArgumentException.class, () -> HistogramText.parse("HISTFAAAA!")).getMessage());
        assertThrows(IllegalArgumentException.class, () -> HistogramText.parse(""));
        assertThrows(IllegalArgumentException.class, () -> HistogramText.parse("A".repeat(2_000_000)));
    }
}
