package org.fabricmark.bench.machine;

import java.util.OptionalDouble;
import java.util.OptionalLong;

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

    private Disturbances(SystemFiles files) {
        this.files = files;
        this.processorBefore = processorTimes();
        this.throttledBefore = new ControlGroup(files).throttledPeriods();
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
