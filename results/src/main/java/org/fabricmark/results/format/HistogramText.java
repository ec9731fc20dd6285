package org.fabricmark.results.format;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.DataFormatException;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;
import org.fabricmark.results.model.Distribution;

/**
 * A distribution of whole nanoseconds as the text that other tools know: an HdrHistogram of three digits in its second
 * compressed form, in base 64.
 */
public final class HistogramText {
    private static final int DIGITS = 3;
    private static final int MOST_CHARACTERS = 1 << 20;

    private HistogramText() {}

    /** The text of {@code distribution}, whose values are those of a histogram of three digits. */
    static String of(Distribution distribution) {
        Histogram histogram = new Histogram(DIGITS);
        for (int i = 0; i < distribution.size(); i++) {
            histogram.recordValueWithCount(Math.round(distribution.value(i)), distribution.count(i));
        }
        ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        int length = histogram.encodeIntoCompressedByteBuffer(buffer);
        return Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length));
    }

    /**
     * Reads it back.
     *
     * @throws IllegalArgumentException if the text is no such histogram
     */
    static Distribution parse(String text) {
        if (text.length() > MOST_CHARACTERS) {
            throw new IllegalArgumentException(
                    "a histogram of " + text.length() + " characters is none of three digits");
        }
        try {
            return distribution(Histogram.decodeFromCompressedByteBuffer(
                    ByteBuffer.wrap(Base64.getDecoder().decode(text)), 0));
        } catch (DataFormatException | RuntimeException notOne) {
            // The library fails in as many ways as there are damaged bytes.
            throw new IllegalArgumentException(
                    "'" + text.substring(0, Math.min(16, text.length())) + "...' is not a compressed HdrHistogram",
                    notOne);
        }
    }

    /** Everything that {@code histogram} has recorded. */
    public static Distribution distribution(Histogram histogram) {
        double[] values = new double[64];
        long[] upTo = new long[values.length];
        int count = 0;
        for (HistogramIterationValue each : histogram.recordedValues()) {
            if (count == values.length) {
                values = Arrays.copyOf(values, 2 * count);
                upTo = Arrays.copyOf(upTo, 2 * count);
            }
            values[count] = each.getValueIteratedTo();
            upTo[count++] = each.getTotalCountToThisValue();
        }
        return Distribution.of(Arrays.copyOf(values, count), Arrays.copyOf(upTo, count));
    }
}
