package org.fabricmark.bench.cli;

import java.util.concurrent.locks.LockSupport;

/**
 * What happens on Ctrl-C while a sweep runs: its ranks are ended and their files removed, one line says so, and the JVM exits
 * with 130. Interrupted runs are not saved, because a saved run is a whole one.
 */
final class Interruption {
    private Interruption() {}

    /**
     * Runs {@code work}, on this thread.
     *
     * @param end called on an interrupt, so that {@code work} ends
     * @param last runs after that, in the last moments of the JVM
     */
    static void guard(Runnable end, Runnable work, Runnable last) {
        Thread hook = new Thread(() -> {
            end.run();
            last.run();
        }, "interruption");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            work.run();
        } finally {
            remove(hook);
        }
    }

    private static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyEnding) {
            // What this thread would still say is no longer of interest, and the hook has the last word.
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
