package org.fabricmark.bench.harness;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * The compiler of this virtual machine, whose threads take a core from ranks while they work.
 *
 * <p>Thread rule: any thread.
 */
final class JustInTime {
    private static final CompilationMXBean COMPILER = ManagementFactory.getCompilationMXBean();

    /** Between two looks: longer than most methods take, for a method counts when it is done. */
    private static final long LOOK_NANOS = 10_000_000;

    /** So many looks in a row must have seen nothing new. */
    private static final int QUIET_LOOKS = 3;

    private JustInTime() {}

    /** What it has worked so far, in milliseconds; 0 where that is not known. */
    static long millis() {
        return COMPILER == null || !COMPILER.isCompilationTimeMonitoringSupported()
                ? 0
                : COMPILER.getTotalCompilationTime();
    }

    /**
     * Leaves this thread's core to the compiler until {@value #QUIET_LOOKS} looks in a row have seen that it finished nothing,
     * or for {@code mostNanos}. An interrupt ends the wait.
     */
    static void awaitQuiet(long mostNanos) {
        long begin = System.nanoTime();
        awaitQuiet(JustInTime::millis, () -> {
            LockSupport.parkNanos(LOOK_NANOS);
            return System.nanoTime() - begin < mostNanos && !Thread.currentThread().isInterrupted();
        });
    }

    /**
     * @param worked what the compiler has worked so far
     * @param waits for the next look; false when there is no time for further ones
     */
    static void awaitQuiet(LongSupplier worked, BooleanSupplier waits) {
        long seen = worked.getAsLong();
        for (int quiet = 0; quiet < QUIET_LOOKS && waits.getAsBoolean();) {
            long now = worked.getAsLong();
            quiet = now == seen ? quiet + 1 : 0;
            seen = now;
        }
    }
}
