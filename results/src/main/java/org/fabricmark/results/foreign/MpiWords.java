package org.fabricmark.results.foreign;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What suites of MPI call types and operations. */
final class MpiWords {
    private static final Map<String, String> TYPES = Map.ofEntries(Map.entry("MPI_CHAR", "int8"),
            Map.entry("MPI_BYTE", "uint8"), Map.entry("MPI_INT8_T", "int8"), Map.entry("MPI_UINT8_T", "uint8"),
            Map.entry("MPI_INT", "int32"), Map.entry("MPI_INT32_T", "int32"), Map.entry("MPI_UINT32_T", "uint32"),
            Map.entry("MPI_UNSIGNED", "uint32"), Map.entry("MPI_LONG", "int64"), Map.entry("MPI_INT64_T", "int64"),
            Map.entry("MPI_UINT64_T", "uint64"), Map.entry("MPI_FLOAT", "float"), Map.entry("MPI_DOUBLE", "double"));
    private static final Set<String> REDUCING = Set.of("all-reduce", "reduce-scatter", "reduce");

    private MpiWords() {}

    /** Our name; a type that we have none for keeps its own. */
    static String type(String theirs) {
        return TYPES.getOrDefault(theirs, theirs);
    }

    /** What versions of OSU that do not print it have used. */
    static String defaultType(String collective) {
        return REDUCING.contains(collective) ? "float" : "int8";
    }

    /** Our name of an operation: {@code MPI_SUM} is {@code sum}. */
    static String op(String theirs) {
        return theirs.replaceFirst("^MPI_", "").toLowerCase(Locale.ROOT);
    }
}
