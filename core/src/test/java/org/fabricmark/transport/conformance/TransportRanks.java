package org.fabricmark.transport.conformance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.fabricmark.bootstrap.Job;
import org.fabricmark.communicator.CommunicatorConfig;
import org.fabricmark.transport.FabricException;
import org.fabricmark.transport.Failure;
import org.fabricmark.transport.Failure.Category;
import org.fabricmark.transport.Transport;
import org.fabricmark.transport.TransportSpec;
import org.fabricmark.transport.Watch;
import org.opentest4j.TestAbortedException;

/** Runs a body on every rank of a bare transport, one thread each, and keeps what each of them threw. */
final class TransportRanks {
    /** What one rank does; the transport is closed afterwards. */
    @FunctionalInterface
    interface Body {
        void run(Transport transport) throws Exception;
    }

    private final Job job;

    TransportRanks(TransportSpec spec, int size, Duration deadline) {
        this(spec, size, deadline, Watch.NONE);
    }

    /** @param watch of every rank, which asks it on its thread */
    TransportRanks(TransportSpec spec, int size, Duration deadline, Watch watch) {
        this.job = Job.create(size, spec, CommunicatorConfig.forRanks(size).withTimeout(deadline)).withWatch(watch);
    }

    /** Runs {@code body} on all ranks; throws the first rank's failure, the others' suppressed. */
    void run(Body body) {
        List<Throwable> failures =
                Arrays.stream(runAndCollect(body)).filter(Objects::nonNull).toList();
        failures.stream()
                .filter(TestAbortedException.class::isInstance)
                .findFirst()
                .ifPresent(skipped -> {
                    throw (TestAbortedException) skipped;
                });
        if (!failures.isEmpty()) {
            AssertionError error =
                    new AssertionError(failures.size() + " ranks failed: " + failures, failures.getFirst());
            failures.stream().skip(1).forEach(error::addSuppressed);
            throw error;
        }
    }

    /** Runs {@code body} on all ranks; what rank r threw, or null, is at index r. */
    Throwable[] runAndCollect(Body body) {
        Throwable[] failures = new Throwable[job.size()];
        List<Thread> threads = new ArrayList<>();
        for (int rank = 0; rank < job.size(); rank++) {
            int number = rank;
            threads.add(Thread.ofPlatform().name("rank-" + rank).daemon().start(() -> {
                try (Transport transport = job.open(number)) {
                    runBody(transport, body);
                } catch (Throwable e) {
                    failures[number] = e;
                }
            }));
        }
        for (Thread thread : threads) {
            join(thread);
        }
        return failures;
    }

    private static void runBody(Transport transport, Body body) throws Exception {
        try {
            body.run(transport);
        } catch (FabricException e) {
            transport.abort(e.failure());
            throw e;
        } catch (Throwable e) {
            transport.abort(Failure.of(Category.RANK_FAILED, transport.rank(), transport.name(), e.toString()));
            throw e;
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted while " + thread.getName() + " runs", e);
        }
    }
}
