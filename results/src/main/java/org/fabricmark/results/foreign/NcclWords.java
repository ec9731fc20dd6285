package org.fabricmark.results.foreign;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.fabricmark.results.model.CaseKey;
import org.fabricmark.results.model.Root;

/** What nccl-tests calls collectives, types and roots. */
final class NcclWords {
    private static final Map<String, String> COLLECTIVES = Map.of("all_reduce", "all-reduce", "all_gather",
            "all-gather", "reduce_scatter", "reduce-scatter", "broadcast", "broadcast", "reduce", "reduce", "alltoall",
            "all-to-all", "gather", "gather", "scatter", "scatter", "sendrecv", "send-recv");

    private NcclWords() {}

    /** The collective that a program measures, in a text that ends in its name or goes on behind it: {@code all_reduce_perf}. */
    static Optional<String> collective(String text) {
        return COLLECTIVES.keySet().stream().filter(name -> text.contains(name + "_perf"))
                .max(Comparator.comparingInt(String::length)).map(COLLECTIVES::get);
    }

    /** The collective in the name of a file, which older versions need. */
    static Optional<String> collectiveOfFile(String source) {
        return collective(Path.of(source).getFileName().toString());
    }

    /** Names of programs that are known, for errors. */
    static List<String> programs() {
        return COLLECTIVES.keySet().stream().sorted().map(name -> name + "_perf").toList();
    }

    /** Our name of a type. */
    static String type(String theirs) {
        return switch (theirs) {
            case "half" -> "float16";
            case "f8e4m3" -> "float8_e4m3";
            case "f8e5m2" -> "float8_e5m2";
            default -> theirs;
        };
    }

    /** Puts a root into a case, unless there is none. */
    static void root(String theirs, CaseKey.Builder key) {
        if (!theirs.strip().equals("-1") && !theirs.isBlank()) {
            key.root(Root.parse(theirs.strip()));
        }
    }
}
