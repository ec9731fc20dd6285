package org.fabricmark.bootstrap;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Objects;
import org.fabricmark.communicator.Communicator;
import org.fabricmark.communicator.CommunicatorConfig;
import org.fabricmark.transport.Transport;
import org.fabricmark.transport.TransportContext;
import org.fabricmark.transport.TransportSpec;
import org.fabricmark.transport.Transports;
import org.fabricmark.transport.Watch;
import org.fabricmark.transport.fault.FaultPlan;
import org.fabricmark.transport.fault.FaultTransport;

/**
 * What the ranks of one run have in common, and all that a rank must know besides its number.
 *
 * @param name unique on this machine: user, process id of the launcher, and a random part
 * @param size how many ranks
 * @param transport the transport and its options
 * @param config how communicators behave
 * @param pinning which core each rank stays on
 * @param watch what this process hears of ranks in other processes
 */
public record Job(
        String name, int size, TransportSpec transport, CommunicatorConfig config, Pinning pinning, Watch watch) {
    private static final int RANDOM_BYTES = 6;

    public Job {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(transport, "transport");
        Objects.requireNonNull(config, "config");
        Objects.requireNonNull(pinning, "pinning");
        Objects.requireNonNull(watch, "watch");
        if (size < 1) {
            throw new IllegalArgumentException("size=" + size + ": at least 1 rank");
        }
    }

    /** A job of which all ranks are in this process, pinned nowhere. */
    public Job(String name, int size, TransportSpec transport, CommunicatorConfig config) {
        this(name, size, transport, config, Pinning.NONE, Watch.NONE);
    }

    /** A new job, launched by this process. */
    public static Job create(int size, TransportSpec transport, CommunicatorConfig config) {
        return new Job(uniqueName(), size, transport, config);
    }

    /** A new job with the configuration that suits its number of ranks. */
    public static Job create(int size, TransportSpec transport) {
        return create(size, transport, CommunicatorConfig.forRanks(size));
    }

    public Job withPinning(Pinning value) {
        return new Job(name, size, transport, config, value, watch);
    }

    public Job withWatch(Watch value) {
        return new Job(name, size, transport, config, pinning, value);
    }

    /**
     * The same ranks over another transport, for what they share beside it.
     *
     * @param suffix makes the name another one
     * @param first this rank's attachment to this job, whose end is the other's end too
     */
    public Job beside(String suffix, TransportSpec other, Communicator first) {
        return new Job(name + "-" + suffix, size, other, config, Pinning.NONE, first::aborted);
    }

    private static String uniqueName() {
        ProcessHandle process = ProcessHandle.current();
        String user = process.info().user().orElse("unknown").replaceAll("[^A-Za-z0-9]", "");
        byte[] random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        return (user.isEmpty() ? "unknown" : user) + "-" + process.pid() + "-" + HexFormat.of().formatHex(random);
    }

    /**
     * Attaches {@code rank}, on the calling thread, which becomes the rank's. Collective: returns when all ranks are attached.
     * The thread is pinned first, so that all memory is first touched from the rank's core.
     *
     * @throws IllegalArgumentException for an unknown transport or option
     * @throws org.fabricmark.transport.FabricException when a rank does not come within the timeout
     */
    public Communicator attach(int rank) {
        return Communicator.over(open(rank), config);
    }

    /** As {@link #attach}, but only the transport, under the faults that its options ask for. */
    public Transport open(int rank) {
        FaultPlan faults = FaultPlan.of(transport);
        faults.checkRanks(size);
        pinning.pin(rank);
        Transport opened = Transports.of(transport)
                .open(new TransportContext(name, rank, size, transport, config.timeout(), watch));
        return faults.isEmpty() ? opened : FaultTransport.over(opened, faults, config.timeout(), !launchedHere());
    }

    /** Whether this process launched the job: otherwise the rank has a process of its own. */
    private boolean launchedHere() {
        return name.contains("-" + ProcessHandle.current().pid() + "-");
    }
}
