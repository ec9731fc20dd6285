package org.fabricmark.bench.harness;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.fabricmark.results.model.CaseResult;

/**
 * The facts below a table, instead of an average over sizes that have nothing in common.
 *
 * @param smallest the row of the smallest size with the shortest time
 * @param peak the row with the largest bus bandwidth; empty where nothing is moved
 * @param halfPeakBytes the smallest size that reaches half of it
 * @param slowestRank the rank that finished last most often
 * @param slowestShare its share of last places, from 0 to 1
 * @param trafficFrom the smallest size from which on the traffic, not the exchange, is most of the limit
 */
public record Footer(
        CaseResult smallest,
        Optional<CaseResult> peak,
        OptionalLong halfPeakBytes,
        OptionalInt slowestRank,
        OptionalDouble slowestShare,
        OptionalLong trafficFrom) {

    /**
     * A measured row.
     *
     * @param result its numbers
     * @param notes what else is known of it
     */
    public record Row(CaseResult result, CaseNotes notes) {}

    /**
     * The facts of {@code rows}.
     *
     * @throws IllegalArgumentException when there are none
     */
    public static Footer of(List<Row> rows) {
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("a table without rows has no footer");
        }
        CaseResult smallest = rows.stream()
                .map(Row::result)
                .min(Comparator.<CaseResult>comparingLong(result -> result.key().bytes())
                        .thenComparingDouble(CaseResult::timeUs))
                .orElseThrow();
        Optional<CaseResult> peak = rows.stream()
                .map(Row::result)
                .filter(result -> busBandwidth(result) > 0)
                .max(Comparator.comparingDouble(Footer::busBandwidth));
        OptionalLong half = peak.isEmpty()
                ? OptionalLong.empty()
                : rows.stream()
                        .map(Row::result)
                        .filter(result -> busBandwidth(result) >= busBandwidth(peak.get()) / 2)
                        .mapToLong(result -> result.key().bytes())
                        .min();
        long[] places = lastPlaces(rows);
        OptionalInt slowest = slowest(places);
        OptionalDouble share = slowest.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of((double) places[slowest.getAsInt()] / sum(places));
        return new Footer(smallest, peak, half, slowest, share, trafficFrom(rows));
    }

    private static double busBandwidth(CaseResult result) {
        return result.busbwGBs().orElse(0);
    }

    private static long[] lastPlaces(List<Row> rows) {
        long[] sum = new long[rows.getFirst().result().key().ranks()];
        for (Row row : rows) {
            long[] places = row.notes().lastPlaces();
            for (int rank = 0; rank < Math.min(sum.length, places.length); rank++) {
                sum[rank] += places[rank];
            }
        }
        return sum;
    }

    private static long sum(long[] places) {
        long sum = 0;
        for (long place : places) {
            sum += place;
        }
        return sum;
    }

    private static OptionalInt slowest(long[] places) {
        if (places.length < 2 || sum(places) == 0) {
            return OptionalInt.empty();
        }
        int slowest = 0;
        for (int rank = 1; rank < places.length; rank++) {
            slowest = places[rank] > places[slowest] ? rank : slowest;
        }
        return OptionalInt.of(slowest);
    }

    private static OptionalLong trafficFrom(List<Row> rows) {
        List<Row> descending = new ArrayList<>(rows);
        descending.sort(Comparator.<Row>comparingLong(row -> row.result().key().bytes()).reversed());
        OptionalLong from = OptionalLong.empty();
        for (Row row : descending) {
            if (!row.notes().bound().traffic()) {
                return from;
            }
            from = OptionalLong.of(row.result().key().bytes());
        }
        return from;
    }
}
