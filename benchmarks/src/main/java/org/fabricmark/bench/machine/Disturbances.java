package org.fabricmark.bench.machine;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;
import org.fabricmark.results.model.Contention;

/**
 * What the host and the control group took away since this object was made: counters, read then and now.
 *
 * <p>Thread rule: any thread.
 */
public final class Disturbances {
    /** Columns of the processor line: user nice system idle iowait irq softirq steal; guest time is in user already. */
    private static final int COLUMNS = 8;

    private static final int STEAL = 7;

    private final SystemFiles files;
    private final long[] processorBefore;
    private final OptionalLong throttledBefore;
    private final OptionalLong stalledBefore;
    private final long nanosBefore = System.nanoTime();
    private final long gcCountBefore = collections(GarbageCollectorMXBean::getCollectionCount);
    private final long gcMillisBefore = collections(GarbageCollectorMXBean::getCollectionTime);

    private Disturbances(SystemFiles files) {
        this.files = files;
        this.processorBefore = processorTimes();
        this.throttledBefore = new ControlGroup(files).throttledPeriods();
        this.stalledBefore = stalledMicros();
    }

    /** Starts counting on this machine. */
    public static Disturbances start() {
        return start(SystemFiles.HERE);
    }

    static Disturbances start(SystemFiles files) {
        return new Disturbances(files);
    }

    /** Share of all processors' time that the host gave to others, in percent. */
    public OptionalDouble stealPercent() {
        long[] now = processorTimes();
        if (now.length == 0 || processorBefore.length == 0) {
            return OptionalDouble.empty();
        }
        long all = 0;
        for (int column = 0; column < COLUMNS; column++) {
            all += now[column] - processorBefore[column];
        }
        return all <= 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(100.0 * (now[STEAL] - processorBefore[STEAL]) / all);
    }

    /** Periods in which the control group's processor quota was used up. */
    public OptionalLong throttledPeriods() {
        OptionalLong now = new ControlGroup(files).throttledPeriods();
        return now.isPresent() && throttledBefore.isPresent()
                ? OptionalLong.of(now.getAsLong() - throttledBefore.getAsLong())
                : OptionalLong.empty();
    }

    /** Share of the time in which some thread that could run had to wait for a processor, in percent. */
    public OptionalDouble cpuPressurePercent() {
        OptionalLong now = stalledMicros();
        double elapsed = (System.nanoTime() - nanosBefore) / 1e3;
        return now.isPresent() && stalledBefore.isPresent() && elapsed > 0
                ? OptionalDouble.of(Math.min(100, 100.0 * (now.getAsLong() - stalledBefore.getAsLong()) / elapsed))
                : OptionalDouble.empty();
    }

    /** What took time away, as it is stored with the samples of a case. */
    public Contention contention() {
        return new Contention(stealPercent(), cpuPressurePercent(),
                OptionalLong.of(collections(GarbageCollectorMXBean::getCollectionCount) - gcCountBefore),
                OptionalLong.of(collections(GarbageCollectorMXBean::getCollectionTime) - gcMillisBefore));
    }

    private OptionalLong stalledMicros() {
        String total = files.value("proc/pressure/cpu", "some ", ' ').orElse("").replaceFirst(".*total=", "");
        return SystemFiles.number(total);
    }

    private static long collections(ToLongFunction<GarbageCollectorMXBean> what) {
        return ManagementFactory.getGarbageCollectorMXBeans().stream().mapToLong(what).sum();
    }

    private long[] processorTimes() {
        String[] words = files.value("proc/stat", "cpu ", ' ').orElse("").split(" +");
        if (words.length < COLUMNS) {
            return new long[0];
        }
        long[] times = new long[COLUMNS];
        for (int column = 0; column < COLUMNS; column++) {
            times[column] = SystemFiles.number(words[column]).orElse(0);
        }
        return times;
    }
}
