package org.fabricmark.bench.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * What came of proving one algorithm, or the sequences, for one number of ranks.
 *
 * @param ranks how many ranks
 * @param schedules what was to be proven
 * @param seconds time of the one thread that worked on it
 * @param violations one for each thing that was not proven: what it is, and the first violation in it
 */
record Proof(int ranks, int schedules, double seconds, List<String> violations) {
    Proof {
        violations = List.copyOf(violations);
    }

    int proven() {
        return schedules - violations.size();
    }

    /** All of {@code proofs} together; the number of ranks is the largest. */
    static Proof sum(List<Proof> proofs) {
        List<String> violations = new ArrayList<>();
        proofs.forEach(proof -> violations.addAll(proof.violations));
        return new Proof(
                proofs.stream().mapToInt(Proof::ranks).max().orElse(0),
                proofs.stream().mapToInt(Proof::schedules).sum(),
                proofs.stream().mapToDouble(Proof::seconds).sum(),
                violations);
    }
}
