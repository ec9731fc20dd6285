package org.fabricmark.results.foreign;

import java.util.Map;
import java.util.Set;

import org.fabricmark.results.model.CaseKey;
import org.fabricmark.results.model.CasePart;
import org.fabricmark.results.model.CaseResult;
import org.fabricmark.results.model.CaseResultBuilder;

/**
 * Sizes and bandwidths under our conventions: bytes as nccl-tests counts them (the longer of a rank's buffers), rates in
 * 10<sup>9</sup> bytes a second, and nccl-tests' factor between the two bandwidths.
 */
final class CellConversion {
    /** What MPI suites count by one rank's share. */
    private static final Set<String> PER_RANK = Set.of("all-gather", "all-to-all", "gather", "scatter");

    /** Whose count of elements is one rank's share, too, where bytes are those of the whole. */
    private static final Set<String> SHARED = Set.of("all-gather", "all-to-all", "gather", "scatter", "reduce-scatter");

    private static final Map<String, Integer> WIDTHS = Map.of("int8", 1, "uint8", 1, "float16", 2, "bfloat16", 2,
            "int32", 4, "uint32", 4, "float", 4, "int64", 8, "uint64", 8, "double", 8);

    private static final double MICROS_OF_GIGA = 1e3;

    private CellConversion() {}

    /** The word for how a suite of MPI counts this collective's size. */
    static String mpiSize(String collective) {
        return PER_RANK.contains(collective) ? "per-rank" : "nccl";
    }

    /** Bytes as we count them, of a size as a suite of MPI counts it. */
    static long bytesOfMpi(String collective, long size, int ranks) {
        return PER_RANK.contains(collective) ? Math.multiplyExact(size, (long) ranks) : size;
    }

    /** Elements of {@code bytes}, as nccl-tests counts both. */
    static long count(CaseKey key) {
        long width = WIDTHS.getOrDefault(key.type(), 1);
        return key.bytes() / width / (SHARED.contains(key.collective()) ? key.ranks() : 1);
    }

    /** A result with both bandwidths, where data move. */
    static CaseResultBuilder result(CaseKey key, long calls, double us) {
        CaseResultBuilder result = CaseResult.builder(key, count(key), calls, 1).timeUs(us);
        if (key.algorithm().equals(CaseKey.AUTO)) {
            result.algorithmSelected("unknown");
        }
        if (key.bytes() > 0 && us > 0) {
            double rate = key.bytes() / us / MICROS_OF_GIGA;
            result.algbwGBs(rate).busbwGBs(rate * busFactor(key.collective(), key.ranks()));
        }
        return result;
    }

    /** The factor from algorithm to bus bandwidth. */
    static double busFactor(String collective, int ranks) {
        return switch (collective) {
            case "all-reduce" -> 2.0 * (ranks - 1) / ranks;
            case "all-gather", "reduce-scatter", "all-to-all", "gather", "scatter" -> (ranks - 1.0) / ranks;
            default -> 1;
        };
    }

    /** The case, with what the user says in place of what the file says; a number of ranks that a file says stays. */
    static CaseKey key(CaseKey.Builder builder, Given given) {
        for (CasePart part : CasePart.values()) {
            if (part != CasePart.RANKS) {
                given.text(part).ifPresent(text -> builder.put(part, text));
            }
        }
        return builder.build();
    }
}
