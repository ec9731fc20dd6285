package org.fabricmark.bench.cli.argument;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.fabricmark.collective.DataType;
import picocli.CommandLine.ITypeConverter;

/**
 * Which element types: a comma list, or {@code all}.
 *
 * @param types each once, in the order given
 */
public record TypeNames(List<DataType> types) {
    public TypeNames {
        types = List.copyOf(types);
    }

    /** Reads what users type. */
    public static final class Converter implements ITypeConverter<TypeNames> {
        @Override
        public TypeNames convert(String text) {
            List<DataType> types = new ArrayList<>();
            for (String name : Names.split(text)) {
                if (name.equals(Names.ALL)) {
                    return new TypeNames(List.of(DataType.values()));
                }
                types.add(DataType.named(name).orElseThrow(() -> Names.unknown("type", name, known(), "types")));
            }
            return new TypeNames(types);
        }

        private static List<String> known() {
            return Arrays.stream(DataType.values()).map(DataType::label).toList();
        }
    }
}
