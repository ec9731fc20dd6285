package org.fabricmark.bench.cli.argument;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.fabricmark.collective.Collective;
import picocli.CommandLine.ITypeConverter;

/**
 * Which collectives: a comma list, or {@code all}.
 *
 * @param collectives each once, in the order given
 */
public record CollectiveNames(List<Collective> collectives) {
    public CollectiveNames {
        collectives = List.copyOf(collectives);
    }

    /** All labels, in the order of listings. */
    public static List<String> known() {
        return Arrays.stream(Collective.values()).map(Collective::label).toList();
    }

    /** Reads what users type. */
    public static final class Converter implements ITypeConverter<CollectiveNames> {
        @Override
        public CollectiveNames convert(String text) {
            List<Collective> collectives = new ArrayList<>();
            for (String name : Names.split(text)) {
                if (name.equals(Names.ALL)) {
                    return new CollectiveNames(List.of(Collective.values()));
                }
                collectives.add(Collective.named(name)
                        .orElseThrow(() -> Names.unknown("collective", name, known(), "collectives")));
            }
            return new CollectiveNames(collectives);
        }
    }
}
