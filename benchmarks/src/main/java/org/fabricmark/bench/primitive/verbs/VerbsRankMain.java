package org.fabricmark.bench.primitive.verbs;

import java.util.Locale;
import org.fabricmark.bootstrap.ChildRank;

/** What rank 1 in a process of its own runs; started by {@link LedVerbs}, not by users. */
public final class VerbsRankMain {
    private VerbsRankMain() {}

    /**
     * Runs one rank and exits.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        Locale.setDefault(Locale.ROOT);
        System.exit(ChildRank.run((job, text) -> communicator -> LedVerbs.follow(
                job, communicator, VerbsCase.parse(text))));
    }
}
