package org.fabricmark.bench.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.fabricmark.algorithm.Algorithm;
import org.fabricmark.bench.cli.console.Progress;
import org.fabricmark.schedule.verify.CallSequence;
import org.fabricmark.schedule.verify.Theorem;
import org.fabricmark.schedule.verify.Violation;

/**
 * Proves on all cores: one task for each algorithm and number of ranks, then one for the sequences of each number of ranks.
 *
 * <p>Thread rule: one thread starts, awaits and closes; tasks share nothing but counters.
 */
final class ProofRun implements AutoCloseable {
    /** Sequences of different calls for each number of ranks, and calls to a sequence. */
    private static final int SEQUENCES = 12;

    private static final int CALLS = 15;

    private static final long PROGRESS_MILLIS = 100;

    private final List<Algorithm> algorithms;
    private final List<Integer> sizes;
    private final TuningOptions tuning;
    private final long seed;
    private final int threads = Runtime.getRuntime().availableProcessors();
    private final ExecutorService pool = Executors.newFixedThreadPool(threads, Thread.ofPlatform().daemon().factory());
    private final Map<Algorithm, List<Future<Proof>>> byAlgorithm = new HashMap<>();
    private final List<Future<Proof>> sequences = new ArrayList<>();
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicInteger proven = new AtomicInteger();
    private Progress progress;

    ProofRun(List<Algorithm> algorithms, List<Integer> sizes, TuningOptions tuning, long seed) {
        this.algorithms = algorithms;
        this.sizes = sizes;
        this.tuning = tuning;
        this.seed = seed;
    }

    int threads() {
        return threads;
    }

    List<Integer> sizes() {
        return sizes;
    }

    long seed() {
        return seed;
    }

    void start(Progress watched) {
        progress = watched;
        for (Algorithm algorithm : algorithms) {
            byAlgorithm.put(algorithm, sizes.stream().map(size -> submit(() -> theorems(algorithm, size))).toList());
        }
        for (int size : sizes) {
            sequences.add(submit(() -> sequences(size)));
        }
    }

    private Future<Proof> submit(Callable<Proof> task) {
        return pool.submit(() -> {
            Proof proof = task.call();
            proven.addAndGet(proof.proven());
            done.incrementAndGet();
            return proof;
        });
    }

    private Proof theorems(Algorithm algorithm, int size) {
        long begun = System.nanoTime();
        List<String> violations = new ArrayList<>();
        List<Theorem> theorems = about(algorithm, size);
        for (Theorem theorem : theorems) {
            theorem.prove().ifPresent(violation -> violations.add(theorem + ": " + violation));
        }
        return new Proof(size, theorems.size(), (System.nanoTime() - begun) / 1e9, violations);
    }

    private List<Theorem> about(Algorithm algorithm, int size) {
        return Theorem.about(algorithm, size, tuning.segmentBytes(), tuning.channels());
    }

    private Proof sequences(int size) {
        long begun = System.nanoTime();
        List<List<Theorem>> choices =
                algorithms.stream().map(a -> about(a, size)).filter(theorems -> !theorems.isEmpty()).toList();
        if (choices.isEmpty()) {
            return new Proof(size, 0, 0, List.of());
        }
        List<String> violations = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(seed * 31 + size);
        for (int i = 0; i < SEQUENCES; i++) {
            CallSequence sequence = CallSequence.random(choices, CALLS, random);
            Optional<Violation> violation = sequence.prove();
            violation.ifPresent(v -> violations.add("sequence of " + sequence + ": " + v));
        }
        return new Proof(size, SEQUENCES, (System.nanoTime() - begun) / 1e9, violations);
    }

    /** Waits for everything about {@code algorithm}, by number of ranks. */
    List<Proof> await(Algorithm algorithm) {
        return await(byAlgorithm.get(algorithm));
    }

    /** Waits for the sequences, by number of ranks. */
    List<Proof> awaitSequences() {
        return await(sequences);
    }

    private List<Proof> await(List<Future<Proof>> futures) {
        List<Proof> proofs = new ArrayList<>();
        for (Future<Proof> future : futures) {
            while (!future.isDone()) {
                progress.update("verifying: %d of %d tasks done, %d schedules proven"
                        .formatted(done.get(), sizes.size() * (algorithms.size() + 1), proven.get()));
                waitABit(future);
            }
            proofs.add(future.resultNow());
        }
        progress.clear();
        return proofs;
    }

    private static void waitABit(Future<Proof> future) {
        try {
            future.get(PROGRESS_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException notYet) {
            // the caller says how far it is, and comes back
        } catch (ExecutionException failed) {
            throw new IllegalStateException("the verifier itself failed: " + failed.getCause(), failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while verifying", interrupted);
        }
    }

    /** Ends the threads; proofs that nobody awaits any more are given up. */
    @Override
    public void close() {
        pool.shutdownNow();
    }
}
