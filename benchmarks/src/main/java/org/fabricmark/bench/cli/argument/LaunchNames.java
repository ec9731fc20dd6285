package org.fabricmark.bench.cli.argument;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.fabricmark.bench.cases.Conditions;
import picocli.CommandLine.ITypeConverter;

/**
 * How ranks are started.
 *
 * @param names each once, in the order given
 */
public record LaunchNames(List<String> names) {
    private static final String LATER = "env";
    private static final List<String> KNOWN = List.of(Conditions.THREADS, Conditions.PROCESSES);

    public LaunchNames {
        names = List.copyOf(names);
    }

    /** Reads what users type. */
    public static final class Converter implements ITypeConverter<LaunchNames> {
        @Override
        public LaunchNames convert(String text) {
            Set<String> names = new LinkedHashSet<>();
            for (String name : Names.split(text)) {
                if (name.equals(LATER)) {
                    throw new Misuse("--launch " + name + " is not available yet; available: "
                            + String.join(", ", KNOWN));
                }
                if (!KNOWN.contains(name)) {
                    throw Misuse.ofValue("known: " + String.join(", ", KNOWN));
                }
                names.add(name);
            }
            return new LaunchNames(List.copyOf(names));
        }
    }
}
