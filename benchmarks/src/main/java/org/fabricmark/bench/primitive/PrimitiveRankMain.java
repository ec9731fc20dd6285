package org.fabricmark.bench.primitive;

import java.util.Locale;
import org.fabricmark.bootstrap.ChildRank;

/** What rank 1 in a process of its own runs; started by {@link LedPrimitive}, not by users. */
public final class PrimitiveRankMain {
    private PrimitiveRankMain() {}

    /**
     * Runs one rank and exits.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        Locale.setDefault(Locale.ROOT);
        System.exit(ChildRank.run((job, text) -> communicator -> LedPrimitive.follow(
                job, communicator, PrimitiveCase.parse(text))));
    }
}
