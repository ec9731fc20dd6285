package org.fabricmark.bench.baseline;

import java.util.Arrays;
import java.util.function.LongConsumer;

/**
 * How fast two cores exchange a cache line: the limit of every small call. Two threads, called sides 0 and 1, run it at the same
 * time, each on an object of its own over the same lines.
 *
 * <p>Exchange: both sides write their line and wait for the other's. Round trip: side 0 writes, side 1 answers. Side 0 reads the
 * clock after every {@value #CHUNK} of them and decides when to stop. The result is the lowest decile of these chunks: what the
 * cores can do while both sides run, also on a machine where something else wants to run.
 *
 * <p>Thread rule: one thread for each object.
 */
public final class ExchangeProbe {
    /** How long a probe runs beside a case. */
    public static final long NANOS = 10_000_000;

    /** Lines that a pair of probes needs. */
    public static final int LINES = 2;

    private static final int CHUNK = 128;
    private static final int MOST_CHUNKS = 8192;
    private static final int SPINS_BEFORE_YIELD = 1 << 14;

    private static final long STOP = 1;

    private final SharedLines lines;
    private final LongConsumer check;
    private final int side;
    private final int ownLine;
    private final int otherLine;
    private final double[] chunks = new double[MOST_CHUNKS];
    private long last;

    /**
     * @param lines shared by both sides
     * @param firstLine the first of {@value #LINES} lines that nobody else uses
     * @param side 0 or 1
     * @param check called now and then during long waits, with how long this one has lasted in nanoseconds; ends it by an exception
     *     when that is too long or the other side is known to have failed
     */
    public ExchangeProbe(SharedLines lines, int firstLine, int side, LongConsumer check) {
        this.lines = lines;
        this.check = check;
        this.side = side;
        this.ownLine = firstLine + side;
        this.otherLine = firstLine + 1 - side;
    }

    /**
     * Exchanges lines for about {@code nanos}; the other side must do the same now.
     *
     * @return on side 0 the time of an exchange in nanoseconds; on side 1 nothing of use
     */
    public double exchange(long nanos) {
        return run(nanos, false);
    }

    /** As {@link #exchange}, for a line there and back. */
    public double roundTrip(long nanos) {
        return run(nanos, true);
    }

    private double run(long nanos, boolean answering) {
        long start = System.nanoTime();
        long chunkStart = start;
        int count = 0;
        while (true) {
            boolean stop = false;
            for (int i = 0; i < CHUNK - 1; i++) {
                step(0, answering);
            }
            if (side == 0) {
                stop = count == MOST_CHUNKS - 1 || System.nanoTime() - start >= nanos;
            }
            stop |= step(stop ? STOP : 0, answering);
            long now = System.nanoTime();
            chunks[count++] = (double) (now - chunkStart) / CHUNK;
            chunkStart = now;
            if (stop) {
                break;
            }
        }
        meet();
        Arrays.sort(chunks, 0, count);
        return chunks[count / 10];
    }

    /**
     * Ends a run. Side 0 may be one exchange ahead; were it to begin its next run now, it would overwrite the word that tells
     * side 1 to stop. So side 1 answers that it has seen it.
     */
    private void meet() {
        long number = ++last;
        if (side == 0) {
            await(number);
        }
        lines.setRelease(ownLine, number << 1);
    }

    /** One exchange; the word is its number, and in the lowest bit whether side 0 stops after it. */
    private boolean step(long stop, boolean answering) {
        long number = ++last;
        if (side == 0 || !answering) {
            lines.setRelease(ownLine, number << 1 | stop);
        }
        long seen = await(number);
        if (side == 1 && answering) {
            lines.setRelease(ownLine, number << 1);
        }
        return side == 1 && (seen & STOP) != 0;
    }

    private long await(long number) {
        long seen = lines.getAcquire(otherLine);
        int spins = 0;
        while (seen >>> 1 < number) {
            if (++spins >= SPINS_BEFORE_YIELD) {
                awaitSlowly(number);
            }
            seen = lines.getAcquire(otherLine);
        }
        return seen;
    }

    private void awaitSlowly(long number) {
        long since = System.nanoTime();
        while (lines.getAcquire(otherLine) >>> 1 < number) {
            check.accept(System.nanoTime() - since);
            if (Thread.currentThread().isInterrupted()) {
                throw new IllegalStateException("interrupted while probing the exchange of a line");
            }
            Thread.yield();
        }
    }
}
