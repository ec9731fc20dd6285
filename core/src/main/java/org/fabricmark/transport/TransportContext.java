package org.fabricmark.transport;

import java.time.Duration;
import java.util.Objects;

/**
 * What a rank needs to attach.
 *
 * @param job name of the job: unique on this machine, of letters, digits and hyphens
 * @param rank this rank
 * @param size how many ranks
 * @param spec the transport and its options, already {@linkplain TransportSpec#check checked}
 * @param deadline how long opening, allocating and closing wait for the slowest peer
 * @param watch tells of ends that no rank can announce; every wait of the transport, and {@link Transport#aborted}, heed it
 */
public record TransportContext(
        String job, int rank, int size, TransportSpec spec, Duration deadline, Watch watch) {
    public TransportContext {
        Objects.requireNonNull(spec, "spec");
        Objects.requireNonNull(watch, "watch");
        if (!job.matches("[A-Za-z0-9-]{1,100}")) {
            throw new IllegalArgumentException("job=" + job + ": letters, digits and hyphens, at most 100");
        }
        if (size < 1 || rank < 0 || rank >= size) {
            throw new IllegalArgumentException("rank=" + rank + " size=" + size);
        }
        if (!deadline.isPositive()) {
            throw new IllegalArgumentException("deadline=" + deadline + ": above zero");
        }
    }

    /** Without a watch: for ranks that all live in this process. */
    public TransportContext(String job, int rank, int size, TransportSpec spec, Duration deadline) {
        this(job, rank, size, spec, deadline, Watch.NONE);
    }
}
