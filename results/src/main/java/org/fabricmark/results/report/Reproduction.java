package org.fabricmark.results.report;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;

import org.fabricmark.results.model.Run;

/** The command that measures a run again, quoted for a shell. */
final class Reproduction {
    private static final String SEED = "--seed";
    private static final String OUT = "--out";

    private Reproduction() {}

    /**
     * The command with its seed. Where the run was saved is left out, because a folder is not written to twice.
     *
     * @return for a run that was imported, who measured it
     */
    static String of(Run run) {
        if (!run.origin().isOurs()) {
            return "# imported: measured by " + run.origin().tool();
        }
        List<String> words = new ArrayList<>(List.of("./fabricmark"));
        boolean seeded = false;
        for (Iterator<String> arguments = run.arguments().iterator(); arguments.hasNext();) {
            String argument = arguments.next();
            if (argument.equals(OUT) && arguments.hasNext()) {
                arguments.next();
            } else if (!argument.startsWith(OUT + "=")) {
                seeded |= argument.equals(SEED) || argument.startsWith(SEED + "=");
                words.add(argument);
            }
        }
        boolean primitives = run.cases().stream().anyMatch(cell -> cell.key().isPrimitive()); // have no seed
        if (!seeded && !primitives) {
            words.addAll(List.of(SEED, Long.toString(run.seed())));
        }
        return words.stream().map(Reproduction::quoted).collect(Collectors.joining(" "));
    }

    private static String quoted(String word) {
        return word.matches("[\\w./:=,@%+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
