package org.fabricmark.transport.fault;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Delays in a plan: {@code 20us}, {@code 5ms}, {@code 2s}. */
final class FaultTime {
    private static final Pattern TIME = Pattern.compile("([0-9]{1,9})(ns|us|ms|s)");
    private static final String[] UNITS = {"s", "ms", "us", "ns"};
    private static final long[] NANOS = {1_000_000_000L, 1_000_000, 1000, 1};

    private FaultTime() {}

    static Optional<Duration> parse(String text) {
        Matcher matcher = TIME.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int unit = 0;
        while (!UNITS[unit].equals(matcher.group(2))) {
            unit++;
        }
        return Optional.of(Duration.ofNanos(Long.parseLong(matcher.group(1)) * NANOS[unit]));
    }

    /** In the largest unit that needs no fraction. */
    static String format(Duration time) {
        long nanos = time.toNanos();
        int unit = 0;
        while (nanos % NANOS[unit] != 0) {
            unit++;
        }
        return nanos / NANOS[unit] + UNITS[unit];
    }
}
