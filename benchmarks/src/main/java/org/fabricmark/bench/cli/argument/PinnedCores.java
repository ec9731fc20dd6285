package org.fabricmark.bench.cli.argument;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.fabricmark.bootstrap.Pinning;
import org.fabricmark.system.CLibrary;
import picocli.CommandLine.ITypeConverter;

/**
 * Which cores ranks are kept on.
 *
 * @param pinning the cores, all of which this process may use
 */
public record PinnedCores(Pinning pinning) {
    /** Stands for every core that this process may use. */
    public static final String ALL = "all";

    private static final String NONE = "none";
    private static final int MOST_NAMED = 8;

    /** What was done, for a header. */
    public String words(int ranks) {
        if (pinning.isNone()) {
            return "ranks not pinned";
        }
        String named = IntStream.range(0, Math.min(ranks, MOST_NAMED))
                .mapToObj(rank -> "rank " + rank + " to core " + pinning.core(rank))
                .collect(Collectors.joining(", "));
        return "ranks pinned: " + named + (ranks > MOST_NAMED ? ", and so on" : "");
    }

    /** Reads what users type. */
    public static final class Converter implements ITypeConverter<PinnedCores> {
        @Override
        public PinnedCores convert(String text) {
            if (text.equals(NONE)) {
                return new PinnedCores(Pinning.NONE);
            }
            List<Integer> allowed = CLibrary.allowedCores()
                    .orElseThrow(() -> new Misuse("--pin: this system does not let us choose cores; use --pin none"));
            String mine = allowed.stream().map(String::valueOf).collect(Collectors.joining(", "));
            if (text.equals(ALL)) {
                return new PinnedCores(new Pinning(allowed));
            }
            List<Integer> cores = new ArrayList<>();
            for (String item : text.split(",", -1)) {
                if (!item.strip().matches("[0-9]{1,6}")) {
                    throw Misuse.ofValue("cores are numbers, as in 0,1; or all, or none");
                }
                int core = Integer.parseInt(item.strip());
                if (!allowed.contains(core)) {
                    throw Misuse.ofValue("core " + core + " is not ours; we may use: " + mine);
                }
                cores.add(core);
            }
            return new PinnedCores(new Pinning(cores));
        }
    }
}
