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
import org.fabricmark.transport.fault.FaultPlan;
import org.fabricmark.transport.fault.FaultTransport;

/**
 * What the ranks of one run have in common, and all that a rank must know besides its number.
 *
 * @param name unique on this machine: user, process id of the launcher, and a random part
 * @param size how many ranks
 * @param transport the transport and its options
 * @param config how communicators behave
 */
public record Job(String name, int size, TransportSpec transport, CommunicatorConfig config) {
    private static final int RANDOM_BYTES = 6;

    public Job {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(transport, "transport");
        Objects.requireNonNull(config, "config");
        if (size < 1) {
            throw new IllegalArgumentException("size=" + size + ": at least 1 rank");
        }
    }

    /** A new job, launched by this process. */
    public static Job create(int size, TransportSpec transport, CommunicatorConfig config) {
        return new Job(uniqueName(), size, transport, config);
    }

    /** A new job with the configuration that suits its number of ranks. */
    public static Job create(int size, TransportSpec transport) {
        return create(size, transport, CommunicatorConfig.forRanks(size));
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
        Transport opened =
                Transports.of(transport).open(new TransportContext(name, rank, size, transport, config.timeout()));
        return faults.isEmpty() ? opened : FaultTransport.over(opened, faults, config.timeout(), !launchedHere());
    }

    /** Whether this process launched the job: otherwise the rank has a process of its own. */
    private boolean launchedHere() {
        return name.contains("-" + ProcessHandle.current().pid() + "-");
    }
}
