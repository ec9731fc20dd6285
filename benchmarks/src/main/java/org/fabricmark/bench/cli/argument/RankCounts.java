package org.fabricmark.bench.cli.argument;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;

/**
 * Numbers of ranks: lists and ranges mixed, {@code 2-5,7,9}.
 *
 * @param counts each once, in the order given
 */
public record RankCounts(List<Integer> counts) {
    /**
     * The most ranks of one host. A rank is a thread with windows and signal lines for every peer, so that effort grows with
     * the square; larger jobs are a matter for simulation, and schedules are proven in samples up to this size.
     */
    public static final int MAX = 1024;

    private static final Pattern ITEM = Pattern.compile("(-?\\d+)(?:-(-?\\d+))?");

    private static final String EXPECTED = "ranks are whole numbers from 1 to " + MAX + ", as in 4 or 2-5,7,9";

    public RankCounts {
        counts = List.copyOf(counts);
    }

    /** Whether there are several. */
    public boolean several() {
        return counts.size() > 1;
    }

    /** The largest. */
    public int largest() {
        return counts.stream().mapToInt(Integer::intValue).max().orElseThrow();
    }

    /** The written form, ranges not joined again. */
    @Override
    public String toString() {
        return counts.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    /** Reads what users type. */
    public static final class Converter implements ITypeConverter<RankCounts> {
        @Override
        public RankCounts convert(String text) {
            Set<Integer> counts = new LinkedHashSet<>();
            for (String item : text.split(",", -1)) {
                Matcher match = ITEM.matcher(item.strip());
                if (!match.matches()) {
                    throw Misuse.ofValue(EXPECTED);
                }
                int first = count(match.group(1));
                int last = match.group(2) == null ? first : count(match.group(2));
                if (last < first) {
                    throw Misuse.ofValue("the range " + item.strip() + " runs backwards; write " + last + "-" + first);
                }
                for (int count = first; count <= last; count++) {
                    counts.add(count);
                }
            }
            return new RankCounts(List.copyOf(counts));
        }

        private static int count(String digits) {
            // Five digits are enough to tell that a number is too large.
            long count = digits.length() > 5 ? MAX + 1L : Long.parseLong(digits);
            if (digits.startsWith("-") || count < 1) {
                throw Misuse.ofValue("at least 1 rank is needed; " + EXPECTED);
            }
            if (count > MAX) {
                throw Misuse.ofValue("more ranks than this program starts on one host; " + EXPECTED);
            }
            return (int) count;
        }
    }
}
