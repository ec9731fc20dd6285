package org.fabricmark.results.format;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

import org.apache.commons.statistics.distribution.TDistribution;
import org.fabricmark.results.model.Launch;
import org.fabricmark.results.model.Numbers;
import org.fabricmark.results.model.Series;
import tools.jackson.core.JsonGenerator;

/**
 * One metric in JMH's form: a score with an interval, percentiles, and the values by fork and iteration. The score is
 * the mean of the forks' means and the interval is theirs, at 99.9 % by Student's t, for viewers that draw it; nothing
 * is decided by it. JMH writes what is not a number as the text {@code NaN}: here the interval of a single fork.
 */
final class JmhMetric {
    static final int MOST_ITERATIONS = 10;

    private static final double CONFIDENCE = 0.999;
    private static final double NANOS_IN_MICRO = 1e3;
    private static final String[] PERCENTILES = {"0.0", "50.0", "90.0", "95.0", "99.0", "99.9", "99.99", "99.999",
        "99.9999", "100.0"};

    private final double[][] values;

    private JmhMetric(double[][] values) {
        this.values = values;
    }

    /** A single number. */
    static JmhMetric of(double value) {
        return new JmhMetric(new double[][] {{value}});
    }

    /** Times of a call in microseconds, from whole launches. */
    static JmhMetric of(List<Launch> launches) {
        double[][] values = new double[launches.size()][];
        for (int fork = 0; fork < values.length; fork++) {
            Launch launch = launches.get(fork);
            values[fork] = launch.batchNs().isEmpty() ? new double[] {launch.meanUs()}
                    : iterations(launch.batchNs(), NANOS_IN_MICRO * launch.batch());
        }
        return new JmhMetric(values);
    }

    /** One number for each launch. */
    static JmhMetric of(List<Launch> launches, ToDoubleFunction<Launch> number) {
        return new JmhMetric(launches.stream().map(launch -> new double[] {number.applyAsDouble(launch)})
                .toArray(double[][]::new));
    }

    int forks() {
        return values.length;
    }

    int iterations() {
        return Arrays.stream(values).mapToInt(fork -> fork.length).max().orElse(0);
    }

    void write(String unit, JsonGenerator json) {
        double[] means = Arrays.stream(values).mapToDouble(fork -> Arrays.stream(fork).average().orElseThrow())
                .toArray();
        double score = Arrays.stream(means).average().orElseThrow();
        double error = halfWidth(means, score);
        double[] sorted = Arrays.stream(values).flatMapToDouble(Arrays::stream).sorted().toArray();
        json.writeStartObject();
        json.writeName("score");
        write(score, json);
        json.writeName("scoreError");
        write(error, json);
        json.writeArrayPropertyStart("scoreConfidence");
        write(score - error, json);
        write(score + error, json);
        json.writeEndArray();
        json.writeObjectPropertyStart("scorePercentiles");
        for (String percentile : PERCENTILES) {
            json.writeName(percentile);
            int rank = (int) Math.ceil(Double.parseDouble(percentile) / 100 * sorted.length);
            write(sorted[Math.max(0, rank - 1)], json);
        }
        json.writeEndObject();
        json.writeStringProperty("scoreUnit", unit);
        json.writeArrayPropertyStart("rawData");
        for (double[] fork : values) {
            json.writeStartArray();
            for (double value : fork) {
                write(value, json);
            }
            json.writeEndArray();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static double halfWidth(double[] means, double score) {
        int n = means.length;
        if (n < 2) {
            return Double.NaN;
        }
        double squares = Arrays.stream(means).map(mean -> (mean - score) * (mean - score)).sum();
        double t = TDistribution.of(n - 1.0).inverseCumulativeProbability(1 - (1 - CONFIDENCE) / 2);
        return t * Math.sqrt(squares / (n - 1) / n);
    }

    /** Means of consecutive batches. */
    private static double[] iterations(Series batches, double divisor) {
        int count = Math.min(MOST_ITERATIONS, batches.size());
        double[] means = new double[count];
        for (int i = 0; i < count; i++) {
            int from = (int) ((long) i * batches.size() / count);
            int to = (int) ((i + 1L) * batches.size() / count);
            double sum = 0;
            for (int batch = from; batch < to; batch++) {
                sum += batches.get(batch);
            }
            means[i] = sum / (to - from) / divisor;
        }
        return means;
    }

    private static void write(double value, JsonGenerator json) {
        if (Double.isNaN(value)) {
            json.writeString("NaN");
        } else {
            json.writeNumber(Numbers.text(value));
        }
    }
}
