package org.fabricmark.bench.baseline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * What waiting in the kernel costs: waking a thread that sleeps, and switching between threads that yield.
 *
 * <p>Thread rule: any thread; returns when the threads that it started have ended.
 */
final class SwitchProbes {
    private static final int ROUNDS = 400;
    private static final long YIELDING_NANOS = 30_000_000;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final int YIELDS_PER_LOOK = 64;

    private SwitchProbes() {}

    /**
     * From waking a thread to its running, in microseconds: half of a round trip between two threads that park and unpark each
     * other, so it includes what the JVM adds to the system call.
     */
    static double wakeMicros() {
        AtomicInteger turn = new AtomicInteger();
        Thread caller = Thread.currentThread();
        Thread answerer = start("probe-wake", () -> {
            for (int round = 1; round <= ROUNDS; round++) {
                awaitTurn(turn, 2 * round - 1);
                turn.set(2 * round);
                LockSupport.unpark(caller);
            }
        });
        double[] micros = new double[ROUNDS];
        for (int round = 1; round <= ROUNDS; round++) {
            long start = System.nanoTime();
            turn.set(2 * round - 1);
            LockSupport.unpark(answerer);
            awaitTurn(turn, 2 * round);
            micros[round - 1] = (System.nanoTime() - start) / 2e3;
        }
        join(answerer);
        Arrays.sort(micros);
        return micros[ROUNDS / 2];
    }

    private static void awaitTurn(AtomicInteger turn, int number) {
        long until = System.nanoTime() + PATIENCE_NANOS;
        while (turn.get() < number) {
            LockSupport.parkNanos(PATIENCE_NANOS);
            if (Thread.currentThread().isInterrupted() || System.nanoTime() - until > 0) {
                throw new IllegalStateException("the other thread of the wake-up probe does not answer");
            }
        }
    }

    /**
     * A switch between threads that yield to each other, in microseconds: two threads for each core yield all the time, and the
     * cores' time is divided by the number of yields. A yield that finds nobody to run counts too, so this is a lower bound.
     */
    static double yieldMicros() {
        int cores = Runtime.getRuntime().availableProcessors();
        AtomicLong yields = new AtomicLong();
        List<Thread> threads = new ArrayList<>();
        long start = System.nanoTime();
        for (int i = 0; i < 2 * cores; i++) {
            threads.add(start("probe-yield", () -> {
                long own = 0;
                while (System.nanoTime() - start < YIELDING_NANOS) {
                    for (int j = 0; j < YIELDS_PER_LOOK; j++) {
                        Thread.yield();
                    }
                    own += YIELDS_PER_LOOK;
                }
                yields.addAndGet(own);
            }));
        }
        threads.forEach(SwitchProbes::join);
        return (System.nanoTime() - start) / 1e3 * cores / yields.get();
    }

    private static Thread start(String name, Runnable task) {
        return Thread.ofPlatform().name(name).daemon().start(task);
    }

    private static void join(Thread thread) {
        try {
            if (!thread.join(java.time.Duration.ofNanos(2 * PATIENCE_NANOS))) {
                throw new IllegalStateException(thread.getName() + " does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while probing", e);
        }
    }
}
