package org.fabricmark.results.compare;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

import org.fabricmark.results.model.CaseKey;
import org.fabricmark.results.select.Cell;
import org.fabricmark.results.select.Key;

/**
 * A size at which another algorithm or transport becomes the fastest of all. Only sizes with a decided winner count, so that
 * a tie changes nothing; where nothing has samples, all sizes do.
 *
 * @param below who is fastest below it, at the last measured size
 * @param above who is fastest above it, at the first measured size
 * @param crossover where the two change places
 */
public record LeadChange(Cell below, Cell above, Crossover crossover) {
    private static final Key NOWHERE = new Key(List.of(), List.of());

    /** The changes on {@code map}, for each number of ranks from the smallest size to the largest. */
    static List<LeadChange> of(WinnerMap map, List<Cell> cells) {
        Map<Line, Cell> lines = new HashMap<>();
        cells.stream().filter(cell -> !cell.result().isWrong()).forEach(cell -> lines.put(Line.of(cell), cell));
        List<LeadChange> changes = new ArrayList<>();
        for (int ranks = 0; ranks < map.ranks().size(); ranks++) {
            List<Cell> winners = decided(map, ranks);
            for (int i = 1; i < winners.size(); i++) {
                change(winners.get(i - 1), winners.get(i), map.sizes(), lines).ifPresent(changes::add);
            }
        }
        return changes;
    }

    private record Line(String run, CaseKey key) {
        static Line of(Cell cell) {
            return new Line(cell.run().name(), cell.key());
        }

        /** The same algorithm and transport at another size. */
        Line at(long bytes) {
            return new Line(run, key.toBuilder().bytes(bytes).build());
        }
    }

    /** Winners at sizes above 0 that lead beyond doubt; all of them if there are no samples to be certain by. */
    private static List<Cell> decided(WinnerMap map, int ranks) {
        List<Winner> winners = IntStream.range(0, map.sizes().size()).filter(size -> map.sizes().get(size) > 0)
                .mapToObj(size -> map.winners().get(size).get(ranks)).flatMap(Optional::stream).toList();
        boolean sampled = winners.stream().flatMap(winner -> winner.lead().stream())
                .anyMatch(lead -> lead.interval().isPresent());
        return winners.stream().filter(winner -> sampled ? winner.isDecided() : winner.second().isPresent())
                .map(Winner::fastest).toList();
    }

    /** Empty if the same goes on winning, or if one of the two was not measured on both sides: that is a gap. */
    private static Optional<LeadChange> change(Cell below, Cell above, List<Long> sizes, Map<Line, Cell> lines) {
        if (Line.of(below).at(0).equals(Line.of(above).at(0))) {
            return Optional.empty();
        }
        List<Double> both = new ArrayList<>();
        List<Ratio> ratios = new ArrayList<>();
        for (long size : sizes) {
            Optional<Ratio> ratio = Optional.ofNullable(lines.get(Line.of(below).at(size)))
                    .flatMap(base -> Optional.ofNullable(lines.get(Line.of(above).at(size)))
                            .flatMap(other -> Ratio.of(base, other)));
            if (size > 0 && ratio.isPresent()) {
                both.add((double) size);
                ratios.add(ratio.get());
            }
        }
        Key before = name(below);
        return new RatioSweep(both, ratios).crossovers(NOWHERE, before, name(above)).stream()
                .filter(crossover -> crossover.below().equals(before) && crossover.bytes() >= below.key().bytes()
                        && crossover.bytes() <= above.key().bytes())
                .reduce((first, last) -> last).map(crossover -> new LeadChange(below, above, crossover));
    }

    private static Key name(Cell cell) {
        return Key.of(cell, List.of("algorithm", "transport"));
    }
}
