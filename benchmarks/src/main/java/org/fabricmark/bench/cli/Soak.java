package org.fabricmark.bench.cli;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.fabricmark.bench.machine.ResidentMemory;
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
    private final Supplier<Memory> memory;
    private Optional<Memory> afterFirst = Optional.empty();
    private Optional<Memory> afterLast = Optional.empty();
    private long cases;
    private long calls;
    private long wrong;

    /**
     * What the process holds, in bytes.
     *
     * @param heap objects that are still reachable: here a leak of objects shows
     * @param resident all memory of the process, shared pages too, where the system tells: here every other leak shows
     */
    record Memory(long heap, OptionalLong resident) {
        /** After a collection, because what is garbage has not been leaked. */
        static Memory ofThisProcess() {
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            return new Memory(runtime.totalMemory() - runtime.freeMemory(), ResidentMemory.bytes());
        }
    }

    /**
     * @param casesEach cases of one repetition
     * @param memory asked at the end of each repetition
     */
    Soak(int casesEach, Supplier<Memory> memory) {
        this.casesEach = casesEach;
        this.memory = memory;
    }

    /** One more case was measured. */
    synchronized void add(CaseResult result) {
        cases++;
        calls += result.calls();
        wrong += result.wrong().orElse(0);
        if (cases % casesEach == 0) {
            afterLast = Optional.of(memory.get());
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
                "%,d repetitions, %,d timed calls, %,d wrong elements; after the first and the last:"
                        + " heap %s and %s, resident %s and %s",
                cases / casesEach, calls, wrong, heap(afterFirst), heap(afterLast), resident(afterFirst),
                resident(afterLast));
    }

    private static String heap(Optional<Memory> memory) {
        return memory.map(each -> mebibytes(OptionalLong.of(each.heap()))).orElse(Figures.ABSENT);
    }

    private static String resident(Optional<Memory> memory) {
        return memory.map(each -> mebibytes(each.resident())).orElse(Figures.ABSENT);
    }

    private static String mebibytes(OptionalLong bytes) {
        return bytes.isPresent() ? (bytes.getAsLong() + MIB / 2) / MIB + " MiB" : Figures.ABSENT;
    }
}
