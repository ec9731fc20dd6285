package org.fabricmark.bench.cli.argument;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fabricmark.results.model.CasePart;
import picocli.CommandLine.ITypeConverter;

/** Parts of a case that the user says: {@code transport=ib,algorithm=ring}. */
public record CaseLabels(Map<CasePart, String> labels) {
    private static final List<String> KNOWN = CasePart.of(false).stream()
            .filter(part -> !isOfRow(part)).map(CasePart::key).toList();

    /** Nothing is said. */
    public static final CaseLabels NONE = new CaseLabels(Map.of());

    /** Copies the map. */
    public CaseLabels {
        labels = Map.copyOf(labels);
    }

    /** These, and a number of ranks, which has an option of its own. */
    public CaseLabels withRanks(int ranks) {
        Map<CasePart, String> more = new EnumMap<>(CasePart.class);
        more.putAll(labels);
        more.put(CasePart.RANKS, Integer.toString(ranks));
        return new CaseLabels(more);
    }

    private static boolean isOfRow(CasePart part) {
        return part == CasePart.BYTES || part == CasePart.IN_PLACE || part == CasePart.RANKS;
    }

    /** Reads a list. */
    public static final class Converter implements ITypeConverter<CaseLabels> {
        /** Made by the parser. */
        public Converter() {}

        @Override
        public CaseLabels convert(String text) {
            Map<CasePart, String> labels = new EnumMap<>(CasePart.class);
            for (String label : text.split(",", -1)) {
                int equals = label.indexOf('=');
                String name = equals < 0 ? label : label.substring(0, equals);
                if (equals < 1 || equals == label.length() - 1) {
                    throw Misuse.ofValue("'" + label + "' is not NAME=VALUE, as in transport=ucx or placement=2x8");
                }
                Optional<CasePart> part = CasePart.named(name);
                if (part.isEmpty()) {
                    throw Misuse.ofValue("no part of a case is called '" + name + "'"
                            + Names.closest(name, KNOWN).map(close -> "; did you mean '" + close + "'?").orElse(";")
                            + " known: " + String.join(", ", KNOWN));
                }
                if (isOfRow(part.get())) {
                    throw Misuse.ofValue(part.get() == CasePart.RANKS ? "'ranks' has an option of its own: --ranks"
                            : "'" + name + "' differs from row to row and is in the file");
                }
                if (labels.put(part.get(), label.substring(equals + 1)) != null) {
                    throw Misuse.ofValue("'" + name + "' is there twice");
                }
            }
            return new CaseLabels(labels);
        }
    }
}
