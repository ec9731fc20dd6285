package org.fabricmark.bench.baseline;

import org.fabricmark.collective.DataType;
import org.fabricmark.collective.ReduceOp;
import org.fabricmark.reduction.CopyKernel;
import org.fabricmark.reduction.Kernels;
import org.fabricmark.reduction.ReduceKernel;

/**
 * How fast threads read k sources and write m destinations, in the loops that collective calls use, without any
 * synchronisation: the limit of every large call. Each thread has an object of its own and runs its share of the pieces; all
 * threads run at the same time, so that they share caches and memory as ranks do.
 *
 * <p>Thread rule: one thread for each object. Whoever made the addresses keeps the memory mapped.
 */
public final class TrafficProbe {
    /** How long a probe runs beside a case, unless a few passes take longer. */
    public static final long NANOS = 10_000_000;

    /** A guess, only to choose how many passes fit the time; every thread must come to the same number. */
    private static final double ASSUMED_BYTES_PER_NANO = 40;

    private static final int WINDOWS = 5;
    private static final int LEAST_WINDOWS = 3;

    private final CopyKernel copies = Kernels.copy();
    private final ReduceKernel kernel;
    private final Traffic traffic;
    private final int thread;
    private final int threads;

    /**
     * @param traffic what is read and written
     * @param type element type
     * @param op operation; null when there is one source and it is copied
     * @param thread which thread this is
     * @param threads how many there are
     */
    public TrafficProbe(Traffic traffic, DataType type, ReduceOp op, int thread, int threads) {
        this.traffic = traffic;
        this.kernel = op == null ? null : Kernels.forType(type, op);
        this.thread = thread;
        this.threads = threads;
    }

    /** How long the calling thread takes to copy {@code bytes} from one address to another, alone, in nanoseconds. */
    public static double ofCopy(long source, long destination, long bytes) {
        Traffic traffic = Traffic.independent(1, bytes, new long[][] {{source}}, new long[][] {{destination}});
        TrafficProbe probe = new TrafficProbe(traffic, DataType.UINT8, null, 0, 1);
        return Math.min(probe.passNanos(), probe.passNanos()); // during the first, code may still be compiled
    }

    /**
     * Runs passes for about 10 ms, at least {@value #LEAST_WINDOWS}.
     *
     * @return the shortest time of a pass over this thread's pieces, in nanoseconds; the time of the whole is the longest of
     *     all threads'
     */
    public double passNanos() {
        double guess = traffic.bytes() / ASSUMED_BYTES_PER_NANO / threads + 20;
        long passes = Math.max(1, (long) (NANOS / guess / WINDOWS));
        int windows = passes > 1 ? WINDOWS : Math.clamp((long) (NANOS / guess), LEAST_WINDOWS, WINDOWS);
        double best = Double.POSITIVE_INFINITY;
        for (int window = 0; window < windows; window++) {
            long start = System.nanoTime();
            for (long pass = 0; pass < passes; pass++) {
                pass();
            }
            best = Math.min(best, (double) (System.nanoTime() - start) / passes);
        }
        return best;
    }

    private void pass() {
        long[] operands = traffic.operands();
        int sources = traffic.sources();
        int destinations = traffic.destinations();
        int stride = sources + destinations;
        if (destinations == 0) {
            return; // a single rank in place
        }
        for (int piece = thread; piece < traffic.pieces(); piece += threads) {
            if (kernel == null) {
                copies.multicast(operands, piece * stride, destinations, 0, traffic.pieceBytes(piece));
            } else {
                kernel.reduce(
                        operands, piece * stride, sources, destinations, 0,
                        traffic.pieceBytes(piece) / traffic.width());
            }
        }
    }
}
