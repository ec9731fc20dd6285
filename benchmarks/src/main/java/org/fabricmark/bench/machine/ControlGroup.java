package org.fabricmark.bench.machine;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What the control group of this process allows, in version 2 of that interface or else in version 1.
 *
 * @param files where to read
 */
record ControlGroup(SystemFiles files) {
    private static final String MOUNT = "sys/fs/cgroup/";

    /** Version 1 has no word for no limit; it shows a number near the largest. */
    private static final long NO_LIMIT = 1L << 60;

    /** Processors' worth of time; empty when there is no limit. */
    OptionalDouble cpus() {
        Optional<String> max = files.text(path("", "cpu.max"));
        if (max.isPresent()) {
            String[] quotaAndPeriod = max.get().split(" ");
            return quotaAndPeriod.length == 2 ? ratio(quotaAndPeriod[0], quotaAndPeriod[1]) : OptionalDouble.empty();
        }
        return ratio(
                files.text(path("cpu", "cpu.cfs_quota_us")).orElse(""),
                files.text(path("cpu", "cpu.cfs_period_us")).orElse(""));
    }

    /** Bytes of memory; empty when there is no limit. */
    OptionalLong memoryBytes() {
        String text = files.text(path("", "memory.max"))
                .or(() -> files.text(path("memory", "memory.limit_in_bytes")))
                .orElse("");
        OptionalLong bytes = SystemFiles.number(text);
        return bytes.isPresent() && bytes.getAsLong() < NO_LIMIT ? bytes : OptionalLong.empty();
    }

    /** How many periods so far have used up the processor quota. */
    OptionalLong throttledPeriods() {
        return files.value(path("", "cpu.stat"), "nr_throttled", ' ')
                .or(() -> files.value(path("cpu", "cpu.stat"), "nr_throttled", ' '))
                .map(SystemFiles::number)
                .orElse(OptionalLong.empty());
    }

    private static OptionalDouble ratio(String quota, String period) {
        OptionalLong q = SystemFiles.number(quota);
        OptionalLong p = SystemFiles.number(period);
        return q.isPresent() && p.isPresent() && p.getAsLong() > 0
                ? OptionalDouble.of((double) q.getAsLong() / p.getAsLong())
                : OptionalDouble.empty();
    }

    /** Path of a file of this process's group in a hierarchy; the one of version 2 has the empty name. */
    private String path(String controller, String file) {
        for (String line : files.lines("proc/self/cgroup")) {
            String[] parts = line.split(":", 3);
            boolean matches = parts.length == 3
                    && (controller.isEmpty() ? parts[1].isEmpty()
                            : ("," + parts[1] + ",").contains("," + controller + ","));
            if (matches) {
                String group = parts[2].equals("/") ? "" : parts[2].substring(1) + "/";
                return MOUNT + (controller.isEmpty() ? "" : controller + "/") + group + file;
            }
        }
        return MOUNT + (controller.isEmpty() ? "" : controller + "/") + file;
    }
}
