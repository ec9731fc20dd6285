package org.fabricmark.bench.primitive.sweep;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Optional;
import java.util.OptionalDouble;
import org.fabricmark.bench.primitive.LedPrimitive;
import org.fabricmark.bench.primitive.PrimitiveCase;
import org.fabricmark.bench.primitive.verbs.Fabric;
import org.fabricmark.bench.primitive.verbs.LedVerbs;
import org.fabricmark.bench.primitive.verbs.Queues;
import org.fabricmark.bench.primitive.verbs.VerbsCase;
import org.fabricmark.bench.primitive.verbs.VerbsPrimitive;
import org.fabricmark.transport.TransportSpec;

/**
 * Measures the rows of a request, one after the other: for each primitive, each transport, launch and queueing that it has, each size.
 * Ranks are new for each of these but the size, so that at any time there are two.
 *
 * <p>Thread rule: one thread, once; that thread is rank 0. Any thread may close it, then or before.
 */
public final class PrimitiveSweep implements AutoCloseable {
    /** Where the exchange is so much longer or shorter afterwards, the machine has changed. */
    private static final double SAME_REGIME = 1.2;

    private static final int MOST_MEASUREMENTS = 3;

    /** Code of a primitive that has not run yet is cold: the first row of ranks warms up for so long at least. */
    private static final long COLD_NANOS = 400_000_000;

    private static final double COLD_SHARE = 0.1;

    private final PrimitiveRequest request;
    private final PrimitiveListener listener;
    private final RoundTimer timer;
    private final Object lock = new Object();
    private Thread runner;
    private boolean closed;
    private long leftNanos;
    private int leftRows;
    private boolean cold;

    /** A sweep that has not begun. */
    public PrimitiveSweep(PrimitiveRequest request, PrimitiveListener listener) {
        this.request = request;
        this.listener = listener;
        this.timer = new RoundTimer(request.effort());
    }

    /**
     * Measures everything; returns when all ranks have ended.
     *
     * @throws org.fabricmark.transport.FabricException when a rank fails, or the sweep is closed; no rank runs any more then
     */
    public void run() {
        synchronized (lock) {
            runner = Thread.currentThread();
            if (closed) {
                runner.interrupt();
            }
        }
        leftNanos = request.effort().budget().toNanos();
        leftRows = request.rows();
        try {
            for (PrimitiveTest test : request.tests()) {
                if (!request.transports(test).isEmpty()) {
                    table(test);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("results cannot be written", e);
        } finally {
            synchronized (lock) {
                runner = null;
                lock.notifyAll();
            }
        }
    }

    private void table(PrimitiveTest test) throws IOException {
        listener.table(test);
        for (TransportSpec transport : request.transports(test)) {
            for (boolean processes : request.launches()) {
                listener.progress(test + " over " + transport);
                if (test.verbs().isPresent()) {
                    for (Queues queues : request.queues(test)) {
                        verbs(test, transport, processes, queues);
                    }
                } else {
                    transfers(test, transport, processes);
                }
            }
        }
    }

    private void verbs(PrimitiveTest test, TransportSpec transport, boolean processes, Queues queues)
            throws IOException {
        VerbsPrimitive primitive = test.verbs().orElseThrow();
        Fabric fabric = Fabric.of(transport);
        VerbsCase subject = new VerbsCase(fabric, processes, queues, Collections.max(request.sizes(test)));
        cold = true;
        try (LedVerbs led = new LedVerbs(subject, request.start())) {
            for (long bytes : request.sizes(test)) {
                int inline = Math.min(led.inline(), queues.inline(primitive));
                PrimitiveRow.Queueing queueing = new PrimitiveRow.Queueing(queues.pairs(primitive),
                        queues.depth(primitive), primitive.gathers() && bytes <= inline,
                        queues.signalEvery(primitive, bytes), queues.postList(primitive));
                measure(new Measurable.OfVerbs(led, primitive, (int) bytes), new Head(test, transport, processes,
                        Optional.of(fabric), Optional.of(queues), Optional.of(queueing), bytes));
            }
        }
    }

    private void transfers(PrimitiveTest test, TransportSpec transport, boolean processes) throws IOException {
        cold = true;
        for (long bytes : request.sizes(test)) {
            PrimitiveCase subject = new PrimitiveCase(test.transfer().orElseThrow(), transport, processes, (int) bytes);
            try (LedPrimitive led = new LedPrimitive(subject, request.start())) {
                measure(new Measurable.OfTransport(led, subject.primitive()),
                        new Head(test, transport, processes, Optional.empty(), Optional.empty(), Optional.empty(),
                                bytes));
            }
            cold |= processes;
        }
    }

    /** A row before it is measured. */
    private record Head(PrimitiveTest test, TransportSpec transport, boolean processes, Optional<Fabric> fabric,
            Optional<Queues> queues, Optional<PrimitiveRow.Queueing> queueing, long bytes) {
        PrimitiveRow row(RoundTimer.Timed timed, double exchangeNs, double afterNs, OptionalDouble referenceNs) {
            boolean changed = Math.max(exchangeNs, afterNs) > SAME_REGIME * Math.min(exchangeNs, afterNs);
            return new PrimitiveRow(test, transport, processes, fabric, queues, queueing, bytes, timed.times(),
                    timed.launch().withExchangeNs(exchangeNs, afterNs), exchangeNs, referenceNs, changed,
                    timed.wrong());
        }
    }

    /** Measures again where the machine has changed meanwhile, within the time of the row. */
    private void measure(Measurable subject, Head head) throws IOException {
        long start = System.nanoTime();
        long nanos = leftNanos / leftRows;
        long leastWarmup = cold ? Math.min(COLD_NANOS, (long) (request.effort().budget().toNanos() * COLD_SHARE)) : 0;
        cold = false;
        PrimitiveRow row;
        int measurements = 0;
        do {
            double before = subject.exchangeNanos();
            OptionalDouble reference = switch (head.test.reference()) {
                case EXCHANGE -> OptionalDouble.of(before);
                case ROUND_TRIP -> OptionalDouble.of(subject.roundTripNanos());
                case COPY -> OptionalDouble.of(subject.copyNanos());
                case NONE -> OptionalDouble.empty();
            };
            RoundTimer.Timed timed = timer.measure(subject, measurements == 0 ? nanos : nanos / 2, leastWarmup);
            double after = subject.exchangeNanos();
            row = head.row(timed, before, after, reference);
            measurements++;
        } while (row.changed() && measurements < MOST_MEASUREMENTS);
        listener.row(row);
        leftNanos = Math.max(0, leftNanos - (System.nanoTime() - start));
        leftRows--;
    }

    /** Ends the ranks, if any run; returns when they have ended, or when the calling thread is interrupted. */
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            if (runner != null) {
                runner.interrupt();
            }
            try {
                while (runner != null) {
                    lock.wait();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
