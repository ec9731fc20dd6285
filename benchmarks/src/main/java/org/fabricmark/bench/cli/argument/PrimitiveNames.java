package org.fabricmark.bench.cli.argument;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.fabricmark.bench.primitive.sweep.PrimitiveTest;
import org.fabricmark.transport.TransportSpec;
import picocli.CommandLine.ITypeConverter;

/**
 * Primitives: a comma list, or {@code all}.
 *
 * @param words as they were given; none for all
 * @param tests what they stand for, each once, in the order in which they are measured
 */
public record PrimitiveNames(List<String> words, List<PrimitiveTest> tests) {
    public PrimitiveNames {
        words = List.copyOf(words);
        tests = List.copyOf(tests);
    }

    /**
     * Refuses a name that a transport has no primitive for.
     *
     * @throws Misuse saying what it has
     */
    public void requireOver(TransportSpec transport) {
        for (String word : words) {
            if (PrimitiveTest.named(word).stream().noneMatch(test -> test.existsOver(transport))) {
                throw new Misuse("--primitive '" + word + "': is one of verbs, which transport '" + transport
                        + "' does not have; it has " + PrimitiveTest.all().stream()
                                .filter(test -> test.existsOver(transport))
                                .map(PrimitiveTest::label)
                                .collect(Collectors.joining(", ")));
            }
        }
    }

    /** Reads what users type. */
    public static final class Converter implements ITypeConverter<PrimitiveNames> {
        @Override
        public PrimitiveNames convert(String text) {
            List<String> words = new ArrayList<>();
            Set<PrimitiveTest> chosen = new LinkedHashSet<>();
            for (String word : Names.split(text)) {
                if (word.equals(Names.ALL)) {
                    chosen.addAll(PrimitiveTest.all());
                } else if (PrimitiveTest.named(word).isEmpty()) {
                    throw Names.unknown("primitive", word, PrimitiveTest.words(), null);
                } else {
                    words.add(word);
                    chosen.addAll(PrimitiveTest.named(word));
                }
            }
            return new PrimitiveNames(words, PrimitiveTest.all().stream().filter(chosen::contains).toList());
        }
    }
}
