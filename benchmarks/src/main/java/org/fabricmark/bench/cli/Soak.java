package org.fabricmark.bench.cli;

import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.fabricmark.results.format.Figures;
import org.fabricmark.results.model.CaseResult;

/**
 * The sum over a sweep that is repeated: what was called, what was wrong, and whether memory has grown. Keeps no results.
 *
 * <p>Thread rule: any thread.
 */
final class Soak {
    /** What the summary is called, in front of it. */
    static final String NAME = "soak";

    private static final long MIB = 1024 * 1024;

    private final int casesEach;
    private final Supplier<OptionalLong> residentBytes;
    private OptionalLong afterFirst = OptionalLong.empty();
    private OptionalLong afterLast = OptionalLong.empty();
    private long cases;
    private long calls;
    private long wrong;

    /**
     * @param casesEach cases of one repetition
     * @param residentBytes asked at the end of each repetition
     */
    Soak(int casesEach, Supplier<OptionalLong> residentBytes) {
        this.casesEach = casesEach;
        this.residentBytes = residentBytes;
    }

    /** One more case was measured. */
    synchronized void add(CaseResult result) {
        cases++;
        calls += result.calls();
        wrong += result.wrong().orElse(0);
        if (cases % casesEach == 0) {
            afterLast = residentBytes.get();
            afterFirst = cases == casesEach ? afterLast : afterFirst;
        }
    }

    /** Whether all data that were checked were right. */
    synchronized boolean isGood() {
        return wrong == 0;
    }

    /** One line. Repetitions are whole ones; the calls of one that was not finished count. */
    synchronized String summary() {
        return String.format(Locale.ROOT,
                "%,d repetitions, %,d timed calls, %,d wrong elements; resident %s after the first, %s after the last",
                cases / casesEach, calls, wrong, mebibytes(afterFirst), mebibytes(afterLast));
    }

    private static String mebibytes(OptionalLong bytes) {
        return bytes.isPresent() ? (bytes.getAsLong() + MIB / 2) / MIB + " MiB" : Figures.ABSENT;
    }
}
