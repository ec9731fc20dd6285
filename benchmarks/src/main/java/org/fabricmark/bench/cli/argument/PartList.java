package org.fabricmark.bench.cli.argument;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import org.fabricmark.bench.cli.comparison.Part;

import picocli.CommandLine.ITypeConverter;

/**
 * A comma list of parts of a comparison, or {@code all}.
 *
 * @param parts the parts
 */
public record PartList(Set<Part> parts) {
    /** Copies the set. */
    public PartList {
        parts = Collections.unmodifiableSet(EnumSet.copyOf(parts));
    }

    /** Reads what users type. */
    public static final class Converter implements ITypeConverter<PartList> {
        @Override
        public PartList convert(String text) {
            if (text.equals(Names.ALL)) {
                return new PartList(EnumSet.allOf(Part.class));
            }
            List<String> known = Arrays.stream(Part.values()).map(Part::label).toList();
            Set<Part> parts = EnumSet.noneOf(Part.class);
            for (String name : Names.split(text)) {
                int at = known.indexOf(name);
                if (at < 0) {
                    throw Names.unknown("part", name, known, null);
                }
                parts.add(Part.values()[at]);
            }
            return new PartList(parts);
        }
    }
}
