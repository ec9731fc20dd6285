package org.fabricmark.bench.harness;

import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.fabricmark.bench.baseline.ExchangeProbe;
import org.fabricmark.bench.cases.BenchmarkCase;
import org.fabricmark.communicator.Communicator;

/**
 * What one rank has for all cases of a job.
 *
 * <p>Thread rule: the rank's thread.
 */
final class JobRank {
    /** Most batches between two meetings of the ranks, for which readings are kept. */
    static final int MOST_BATCHES = 4096;

    private final Communicator communicator;
    private final AllGatherLongs gather;
    private final RankBuffers buffers;
    private final ControlLine control;
    private final ExchangeProbe probe;
    private final long[] readings = new long[MOST_BATCHES + 1];
    private long dataCalls;

    /**
     * Collective.
     *
     * @param cases all cases of the job
     * @param side what the ranks share besides their communicator; stays open for as long as this is used
     * @param firstData number of the first call's data
     */
    JobRank(Communicator communicator, List<BenchmarkCase> cases, SideChannel side, long firstData) {
        MemoryNeeds needs = MemoryNeeds.ofJob(cases);
        this.communicator = communicator;
        this.control = side.control();
        this.gather = new AllGatherLongs(communicator);
        this.buffers = new RankBuffers(communicator, needs.inputBytes(), needs.outputBytes());
        boolean probing = communicator.size() > 1 && communicator.rank() < 2;
        this.probe = probing
                ? new ExchangeProbe(side.exchange(), 0, communicator.rank(), side::checkAborted)
                : null;
        this.dataCalls = Math.floorMod(firstData, DataPattern.PERIOD);
    }

    Communicator communicator() {
        return communicator;
    }

    boolean leads() {
        return communicator.rank() == 0;
    }

    AllGatherLongs gather() {
        return gather;
    }

    RankBuffers buffers() {
        return buffers;
    }

    ControlLine control() {
        return control;
    }

    /** Where this rank notes the clock. */
    long[] readings() {
        return readings;
    }

    /** The number of a new call, for its data. */
    long nextData() {
        return ++dataCalls;
    }

    /** Does nothing for about the time of a probe, so that those who probe have the cores. Nobody relies on it. */
    static void leaveCores(long nanos) {
        LockSupport.parkNanos(nanos);
    }

    /** The exchange of a line between ranks 0 and 1, in nanoseconds, on every rank; 0 for a single rank. Collective. */
    double probeExchange() {
        if (communicator.size() == 1) {
            return 0;
        }
        gather.meet();
        double nanos = 0;
        if (probe == null) {
            leaveCores(ExchangeProbe.NANOS);
        } else {
            nanos = probe.exchange(ExchangeProbe.NANOS);
        }
        return Double.longBitsToDouble(gather.fromLeader(Double.doubleToRawLongBits(nanos)));
    }
}
