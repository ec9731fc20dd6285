package org.fabricmark.bench.harness;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * What a rank's calls cost its thread: processor time and allocated heap. Read before and after a round, never between two calls.
 * Transports have no threads of their own, so the sum over the ranks is what a call costs, but for the collector and the compiler.
 *
 * <p>Thread rule: the rank's thread.
 */
final class ThreadCosts {
    private static final ThreadMXBean THREADS = threads();

    private long cpuNanos;
    private long allocatedBytes;
    private long calls;

    /** Whether this virtual machine counts both; the same on every rank, for all are of one build. */
    static boolean known() {
        return THREADS != null;
    }

    /** A round of calls begins. @param callsSoFar of the loop */
    void begin(long callsSoFar) {
        calls -= callsSoFar;
        allocatedBytes -= THREADS.getCurrentThreadAllocatedBytes();
        cpuNanos -= THREADS.getCurrentThreadCpuTime();
    }

    /** The round has ended. @param callsSoFar of the loop */
    void end(long callsSoFar) {
        cpuNanos += THREADS.getCurrentThreadCpuTime();
        allocatedBytes += THREADS.getCurrentThreadAllocatedBytes();
        calls += callsSoFar;
    }

    /** Nanoseconds of this thread in all rounds. */
    long cpuNanos() {
        return cpuNanos;
    }

    /** Bytes that this thread has allocated in all rounds. */
    long allocatedBytes() {
        return allocatedBytes;
    }

    /** Calls in all rounds. */
    long calls() {
        return calls;
    }

    private static ThreadMXBean threads() {
        return ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads
                && threads.isCurrentThreadCpuTimeSupported()
                && threads.isThreadCpuTimeEnabled()
                && threads.isThreadAllocatedMemorySupported()
                && threads.isThreadAllocatedMemoryEnabled() ? threads : null;
    }
}
