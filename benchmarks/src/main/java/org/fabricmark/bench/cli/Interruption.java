package org.fabricmark.bench.cli;

import java.util.concurrent.locks.LockSupport;
import org.fabricmark.bench.harness.Sweep;

/**
 * What happens on Ctrl-C while a sweep runs: its ranks are ended and their files removed, one line says so, and the JVM exits
 * with 130. Interrupted runs are not saved, because a saved run is a whole one.
 */
final class Interruption implements AutoCloseable {
    private final Thread hook;

    private Interruption(Thread hook) {
        this.hook = hook;
    }

    /** From now on until it is closed, an interrupt closes {@code sweep} and then runs {@code last}. */
    static Interruption ending(Sweep sweep, Runnable last) {
        Thread hook = new Thread(() -> {
            sweep.close();
            last.run();
        }, "interruption");
        Runtime.getRuntime().addShutdownHook(hook);
        return new Interruption(hook);
    }

    /** Waits for ever when the JVM is already on its way out: what this thread would still say is no longer of interest. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyEnding) {
            waitForTheEnd();
        }
    }

    private static void waitForTheEnd() {
        while (true) {
            LockSupport.park();
            Thread.interrupted(); // an interrupt would make park return at once
        }
    }
}
