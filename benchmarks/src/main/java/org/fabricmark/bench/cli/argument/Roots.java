package org.fabricmark.bench.cli.argument;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.fabricmark.bench.cases.BenchmarkCase;
import picocli.CommandLine.ITypeConverter;

/**
 * Roots of rooted collectives: a comma list of ranks, {@code rotate} and {@code all}.
 *
 * @param ranks each once, in the order given, {@link BenchmarkCase#ROTATE} among them
 * @param all whether every rank is a root in turn, in cases of their own
 */
public record Roots(List<Integer> ranks, boolean all) {
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
        ranks.stream().filter(rank -> rank >= size).findFirst().ifPresent(rank -> {
            throw new Misuse("--root '" + rank + "': with " + size + " ranks, a root is 0 to " + (size - 1));
        });
        IntStream named = ranks.stream().mapToInt(Integer::intValue);
        return IntStream.concat(named, all ? IntStream.range(0, size) : IntStream.empty()).distinct().boxed().toList();
    }

    /** Reads what users type. */
    public static final class Converter implements ITypeConverter<Roots> {
        @Override
        public Roots convert(String text) {
            List<Integer> ranks = new ArrayList<>();
            boolean all = false;
            for (String word : Names.split(text)) {
                switch (word) {
                    case Names.ALL -> all = true;
                    case ROTATE -> ranks.add(BenchmarkCase.ROTATE);
                    default -> ranks.add((int) Math.min(RankCounts.MAX, WholeNumber.parse(word, 0, EXPECTED)));
                }
            }
            return new Roots(ranks, all);
        }
    }
}
