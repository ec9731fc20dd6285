package org.fabricmark.bench.cli.argument;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.fabricmark.bench.cases.Buffers;
import org.fabricmark.bench.cases.Cadence;
import org.fabricmark.bench.cases.Memory;
import picocli.CommandLine.ITypeConverter;

/**
 * A comma list of words for one condition. One nested converter for each option.
 *
 * @param <T> the condition
 * @param values each once, in the order given
 */
public record ConditionWords<T>(List<T> values) {
    public ConditionWords {
        values = List.copyOf(values);
    }

    /** The values are known by how they print. */
    private static <T> ConditionWords<T> parse(String text, T[] known) {
        List<T> values = new ArrayList<>();
        for (String word : Names.split(text)) {
            values.add(Arrays.stream(known)
                    .filter(value -> value.toString().equals(word))
                    .findFirst()
                    .orElseThrow(() -> Misuse.ofValue("known: "
                            + Arrays.stream(known).map(Object::toString).collect(Collectors.joining(", ")))));
        }
        return new ConditionWords<>(values);
    }

    /** Kinds of buffers. */
    public static final class OfMemory implements ITypeConverter<ConditionWords<Memory>> {
        @Override
        public ConditionWords<Memory> convert(String text) {
            return parse(text, Memory.values());
        }
    }

    /** Which buffers calls find. */
    public static final class OfBuffers implements ITypeConverter<ConditionWords<Buffers>> {
        @Override
        public ConditionWords<Buffers> convert(String text) {
            return parse(text, Buffers.values());
        }
    }

    /** What lies between calls. */
    public static final class OfCadence implements ITypeConverter<ConditionWords<Cadence>> {
        @Override
        public ConditionWords<Cadence> convert(String text) {
            return parse(text, Cadence.values());
        }
    }
}
