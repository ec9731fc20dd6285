package org.fabricmark.results.compare;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import org.fabricmark.results.model.Facts;
import org.fabricmark.results.model.StoredRun;

/** Whether runs were measured on one machine. Only what is known on both sides counts: that nobody looked is no difference. */
public final class Machines {
    private Machines() {}

    /** Why these runs are not comparable, in one line that names the facts; empty if they are. */
    public static Optional<String> difference(List<StoredRun> runs) {
        StoredRun first = runs.getFirst();
        return runs.stream().skip(1).flatMap(run -> differences(first, run, true).map(facts -> "'" + first.name()
                + "' and '" + run.name() + "' were measured on different machines: " + facts).stream()).findFirst();
    }

    /** Facts of the hardware that differ, or of which only one run knows; empty if there are none. */
    static Optional<String> differences(StoredRun one, StoredRun other, boolean certain) {
        return words(one.run().environment().hardware().facts()
                .differences(other.run().environment().hardware().facts()).stream()
                .filter(difference -> difference.certain() == certain).toList());
    }

    static Optional<String> words(List<Facts.Difference> differences) {
        return differences.isEmpty() ? Optional.empty()
                : Optional.of(differences.stream().map(Facts.Difference::toString).collect(Collectors.joining(", ")));
    }
}
