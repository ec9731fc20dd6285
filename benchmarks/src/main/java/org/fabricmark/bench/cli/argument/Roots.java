package org.fabricmark.bench.cli.argument;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.fabricmark.bench.cases.BenchmarkCase;
import picocli.CommandLine.ITypeConverter;

/**
 * Roots of rooted collectives: a comma list of ranks and of {@code rotate}, or {@code all}.
 *
 * @param ranks each once, in the order given, {@link BenchmarkCase#ROTATE} among them; empty for all
 */
public record Roots(List<Integer> ranks) {
    private static final String ROTATE = "rotate";
    private static final String EXPECTED = "a root is a rank, from 0 on, 'rotate' or 'all'";

    public Roots {
        ranks = List.copyOf(ranks);
    }

    /**
     * The roots in a job of {@code size} ranks.
     *
     * @throws Misuse if one of them is not in it
     */
    public List<Integer> of(int size) {
        if (ranks.isEmpty()) {
            return IntStream.range(0, size).boxed().toList();
        }
        ranks.stream().filter(rank -> rank >= size).findFirst().ifPresent(rank -> {
            throw new Misuse("--root '" + rank + "': with " + size + " ranks, a root is 0 to " + (size - 1));
        });
        return ranks;
    }

    /** Reads what users type. */
    public static final class Converter implements ITypeConverter<Roots> {
        @Override
        public Roots convert(String text) {
            List<Integer> ranks = new ArrayList<>();
            for (String word : Names.split(text)) {
                if (word.equals(Names.ALL)) {
                    return new Roots(List.of());
                }
                if (word.equals(ROTATE)) {
                    ranks.add(BenchmarkCase.ROTATE);
                    continue;
                }
                ranks.add((int) Math.min(RankCounts.MAX, WholeNumber.parse(word, 0, EXPECTED)));
            }
            return new Roots(ranks);
        }
    }
}
