package org.fabricmark.bench.cli;

import java.util.Locale;
import org.fabricmark.results.format.Figures;
import org.fabricmark.transport.RegistrationCounters;

/** How a footer says how well registrations of private memory were used again. */
final class RegistrationText {
    private static final double PERCENT = 100;
    private static final double MIB = 1 << 20;

    private RegistrationText() {}

    /**
     * All counters in one line.
     *
     * @param counters of all ranks, in all calls, the first ones too
     * @param mostBytes registered at a time
     */
    static String words(RegistrationCounters counters, long mostBytes) {
        return String.format(
                Locale.ROOT,
                "%.2f %% of %d lookups hit, over all ranks and calls; %d registrations, %d evictions, %d invalidations,"
                        + " %d buffers copied; at most %s MiB at a time",
                PERCENT * counters.hitRate(), counters.lookups(), counters.registrations(), counters.evictions(),
                counters.invalidations(), counters.refusals(), Figures.of(mostBytes / MIB));
    }
}
