package org.fabricmark.bench.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.fabricmark.bench.cli.console.TextTable;
import org.fabricmark.collective.Collective;
import org.fabricmark.collective.DataType;
import org.fabricmark.collective.ReduceOp;
import org.fabricmark.transport.Availability;
import org.fabricmark.transport.TransportOption;
import org.fabricmark.transport.TransportProvider;
import org.fabricmark.transport.Transports;

/** The lists of {@code fabricmark list}, each as text and as an object for JSON with the same facts. */
enum Catalogue {
    /** What is computed. */
    COLLECTIVES {
        @Override
        List<String> lines() {
            TextTable table = new TextTable("collective", "reduces", "root", ">busbw/algbw: 2 ranks", ">8 ranks");
            for (Collective c : Collective.values()) {
                table.row(c.label(), yesNo(c.reduces()), yesNo(c.rooted()), "%.2f".formatted(c.busFactor(2)),
                        "%.2f".formatted(c.busFactor(8)));
            }
            return table.lines();
        }

        @Override
        Object json() {
            return Arrays.stream(Collective.values())
                    .map(c -> object("name", c.label(), "reduces", c.reduces(), "rooted", c.rooted(), "movesData",
                            c.movesData()))
                    .toList();
        }
    },
    /** How it is computed. */
    ALGORITHMS {
        @Override
        List<String> lines() {
            return AlgorithmList.lines();
        }

        @Override
        Object json() {
            return AlgorithmList.json();
        }
    },
    /** Over what. */
    TRANSPORTS {
        @Override
        List<String> lines() {
            List<String> lines = new ArrayList<>();
            for (TransportProvider transport : Transports.all()) {
                lines.add(transport.name() + ": " + transport.description());
                lines.add("  here: " + absence(transport).map(reason -> "no: " + reason).orElse("yes"));
                TextTable options = new TextTable("  option", "default", "values", "meaning");
                transport.options()
                        .forEach(o -> options.row("  " + o.name(), o.defaultValue(), o.type().expected(),
                                o.description()));
                lines.addAll(options.lines());
            }
            return lines;
        }

        @Override
        Object json() {
            return Transports.all().stream()
                    .map(t -> object("name", t.name(), "description", t.description(), "available",
                            absence(t).isEmpty(),
                            "reason", absence(t).orElse(null), "options",
                            t.options().stream().map(Catalogue::describe).toList()))
                    .toList();
        }
    },
    /** On what elements. */
    TYPES {
        @Override
        List<String> lines() {
            TextTable table = new TextTable("type", ">bytes", "kind");
            for (DataType type : DataType.values()) {
                table.row(type.label(), type.bytes(), kind(type));
            }
            return table.lines();
        }

        @Override
        Object json() {
            return Arrays.stream(DataType.values())
                    .map(type -> object("name", type.label(), "bytes", type.bytes(), "kind", kind(type)))
                    .toList();
        }
    },
    /** Combined how. */
    OPERATIONS {
        @Override
        List<String> lines() {
            TextTable table = new TextTable("operation", "meaning");
            for (ReduceOp op : ReduceOp.values()) {
                table.row(op.label(), meaning(op));
            }
            return table.lines();
        }

        @Override
        Object json() {
            return Arrays.stream(ReduceOp.values())
                    .map(op -> object("name", op.label(), "meaning", meaning(op)))
                    .toList();
        }
    };

    /** For people; the columns of a table, or a paragraph for each entry where a table would be too wide. */
    abstract List<String> lines();

    /** For programs. */
    abstract Object json();

    /** What users call the lists. */
    static List<String> names() {
        return Arrays.stream(values()).map(Catalogue::label).toList();
    }

    static Optional<Catalogue> named(String label) {
        return Arrays.stream(values()).filter(catalogue -> catalogue.label().equals(label)).findFirst();
    }

    private String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** A JSON object of names and values in turn. */
    static Map<String, Object> object(Object... namesAndValues) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return object;
    }

    /** Why {@code transport} does not work here; empty when it does. */
    static Optional<String> absence(TransportProvider transport) {
        return transport.availability() instanceof Availability.Absent(String reason) ? Optional.of(reason)
                : Optional.empty();
    }

    private static Map<String, Object> describe(TransportOption option) {
        return object("name", option.name(), "default", option.defaultValue(), "values", option.type().expected(),
                "meaning", option.description());
    }

    private static String yesNo(boolean yes) {
        return yes ? "yes" : "no";
    }

    private static String kind(DataType type) {
        return switch (type) {
            case FLOAT, DOUBLE -> "floating point, IEEE 754";
            case FLOAT16 -> "floating point, IEEE 754; computed in float, rounded once per step";
            case BFLOAT16 -> "floating point, the upper half of a float; computed in float, rounded once per step";
            case INT8, INT32, INT64 -> "integer, two's complement; wraps";
            case UINT8, UINT32, UINT64 -> "integer, unsigned; wraps";
        };
    }

    private static String meaning(ReduceOp op) {
        return switch (op) {
            case SUM -> "a + b";
            case PROD -> "a * b";
            case MIN -> "the smaller; NaN if one is NaN";
            case MAX -> "the larger; NaN if one is NaN";
            case AVG -> "the sum divided by the number of ranks, once, at the end; integers truncate";
        };
    }
}
