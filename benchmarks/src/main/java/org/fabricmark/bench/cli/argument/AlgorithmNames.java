package org.fabricmark.bench.cli.argument;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;
import org.fabricmark.algorithm.Algorithm;
import org.fabricmark.algorithm.Algorithms;
import org.fabricmark.collective.Collective;
import picocli.CommandLine.ITypeConverter;

/**
 * Which algorithms: a comma list, {@code all}, or {@code auto}. Names of algorithms belong to collectives, so the last check
 * comes when those are known: {@link #requireFor}.
 *
 * @param names as given, each once
 */
public record AlgorithmNames(List<String> names) {
    /** Leaves the choice to the library. */
    public static final String AUTO = "auto";

    public AlgorithmNames {
        names = List.copyOf(names);
    }

    /** Whether every algorithm was asked for. */
    public boolean all() {
        return names.contains(Names.ALL);
    }

    /** Whether the choice was, also, left to the library. */
    public boolean auto() {
        return names.contains(AUTO);
    }

    /** The algorithms named here that {@code collective} has, in the order given. */
    public List<Algorithm> of(Collective collective) {
        if (all()) {
            return Algorithms.of(collective);
        }
        return names.stream().flatMap(name -> Algorithms.named(collective, name).stream()).toList();
    }

    /**
     * Refuses a name that none of {@code collectives} has; one that only some have is for those.
     *
     * @throws Misuse says which collectives have it, and what these have instead
     */
    public void requireFor(List<Collective> collectives) {
        for (String name : names) {
            if (name.equals(Names.ALL) || name.equals(AUTO)
                    || collectives.stream().anyMatch(c -> Algorithms.named(c, name).isPresent())) {
                continue;
            }
            String owners = Arrays.stream(Collective.values())
                    .filter(c -> Algorithms.named(c, name).isPresent())
                    .map(Collective::label)
                    .collect(Collectors.joining(" and "));
            String instead = collectives.stream()
                    .map(c -> c.label() + " has " + namesOf(Algorithms.of(c)))
                    .collect(Collectors.joining("; "));
            throw new Misuse("algorithm '" + name + "' belongs to " + owners + "; " + instead);
        }
    }

    private static String namesOf(List<Algorithm> algorithms) {
        return algorithms.stream().map(Algorithm::name).collect(Collectors.joining(", "));
    }

    /** Reads what users type. */
    public static final class Converter implements ITypeConverter<AlgorithmNames> {
        @Override
        public AlgorithmNames convert(String text) {
            List<String> names = Names.split(text);
            LinkedHashSet<String> known = new LinkedHashSet<>(List.of(AUTO, Names.ALL));
            Algorithms.all().forEach(algorithm -> known.add(algorithm.name()));
            for (String name : names) {
                if (!known.contains(name)) {
                    throw Names.unknown("algorithm", name, known, "algorithms");
                }
            }
            return new AlgorithmNames(names);
        }
    }
}
