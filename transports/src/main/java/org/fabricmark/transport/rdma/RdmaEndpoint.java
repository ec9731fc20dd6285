package org.fabricmark.transport.rdma;

import java.lang.foreign.Arena;
import java.util.List;
import java.util.Optional;
import org.fabricmark.memory.AddressSpace;
import org.fabricmark.transport.TransportContext;
import org.fabricmark.transport.host.HostMeeting;
import org.fabricmark.transport.host.SharedFile;
import org.fabricmark.transport.rdma.verbs.AsyncEvent;
import org.fabricmark.transport.rdma.verbs.CompletionQueue;
import org.fabricmark.transport.rdma.verbs.Context;
import org.fabricmark.transport.rdma.verbs.Device;
import org.fabricmark.transport.rdma.verbs.DeviceAttributes;
import org.fabricmark.transport.rdma.verbs.FabricSpec.Scope;
import org.fabricmark.transport.rdma.verbs.PathMtu;
import org.fabricmark.transport.rdma.verbs.ProtectionDomain;
import org.fabricmark.transport.rdma.verbs.VerbsException;

/**
 * What one rank has of the device, and how it gives it back: opened, limits checked, connected with all other ranks when it attaches.
 * Nothing is made later but memory, so nothing on the step path can fail for want of room.
 *
 * <p>Thread rule: the rank's thread.
 */
final class RdmaEndpoint {
    /** A longer put travels in pieces. */
    static final long LONGEST_PIECE = 1 << 30;

    private final HostMeeting meeting;
    private final RdmaOptions options;
    private final RdmaFailures failures;
    private final Arena arena = Arena.ofConfined();
    private final long cell = arena.allocate(Long.BYTES, Long.BYTES).address();
    private Context device;
    private DeviceAttributes limits;
    private ProtectionDomain domain;
    private CompletionQueue sends;
    private CompletionQueue receives;
    private RdmaConnector connector;
    private RdmaPairs pairs;
    private RdmaMemory memory;

    private RdmaEndpoint(HostMeeting meeting, RdmaOptions options) {
        this.meeting = meeting;
        this.options = options;
        this.failures = new RdmaFailures(meeting);
    }

    /** Meets the other ranks and connects with each of them. Collective. */
    static RdmaEndpoint attach(TransportContext context, RdmaOptions options, String name) {
        HostMeeting meeting = HostMeeting.attach(context, name, SharedFile.defaultDirectory(), RdmaLayout.hash());
        RdmaEndpoint endpoint = new RdmaEndpoint(meeting, options);
        try {
            endpoint.open(context);
            return endpoint;
        } catch (VerbsException e) {
            try {
                throw endpoint.failures.verb("attach to job " + context.job(), e);
            } finally {
                endpoint.release();
            }
        } catch (RuntimeException e) {
            endpoint.release();
            throw e;
        }
    }

    private void open(TransportContext context) {
        Scope scope = meeting.oneProcess() ? Scope.PROCESS : Scope.HOST;
        List<Device> devices = options.verbs().devices(options.fabric(context.job(), scope));
        if (devices.isEmpty()) {
            throw VerbsException.invalid("verbs provider '" + options.provider() + "' has no device");
        }
        device = devices.getFirst().open();
        limits = device.attributes();
        checkLimits();
        domain = device.allocateProtectionDomain();
        int connections = size() * options.pairs();
        sends = device.createCompletionQueue(connections * options.depth());
        receives = device.createCompletionQueue(connections * RdmaPair.receives(options.depth()));
        connector = new RdmaConnector(meeting, options, failures, domain, limits);
        connector.connect(sends, receives, context.deadline());
        pairs = new RdmaPairs(connector.pairs(), options.pairs(), sends, receives, failures);
        memory = new RdmaMemory(
                meeting, device, domain, failures,
                new RegistrationCache(domain, options.cache().ranges(), options.cache().bytes()),
                inlineBytes());
        meeting.barrier("to connect");
    }

    private void checkLimits() {
        long receives = (long) size() * options.pairs() * RdmaPair.receives(options.depth());
        if (options.depth() > limits.maxRequests() || receives > limits.maxCompletions()) {
            throw VerbsException.invalid(
                    "depth=%d needs queues of %d requests and %d completions for %d ranks; the device has %d and %d"
                            .formatted(options.depth(), options.depth(), receives, size(), limits.maxRequests(),
                                    limits.maxCompletions()));
        }
        PathMtu largest = device.port(RdmaConnector.PORT).activeMtu();
        if (options.mtu().bytes() > largest.bytes()) {
            throw VerbsException
                    .invalid("mtu=" + options.mtu().bytes() + " is more than the port's " + largest.bytes());
        }
        if (options.counters() && limits.maxInlineData() < Long.BYTES) {
            throw VerbsException.invalid("signal=counter needs inline data, which the device does not have");
        }
    }

    HostMeeting meeting() {
        return meeting;
    }

    int rank() {
        return meeting.rank();
    }

    int size() {
        return meeting.size();
    }

    String name() {
        return meeting.name();
    }

    RdmaPairs pairs() {
        return pairs;
    }

    RdmaMemory memory() {
        return memory;
    }

    /**
     * Whether private memory is registered where it is. Memory of another process than its peers' the device cannot be let reach.
     */
    boolean registers() {
        return options.cache().on() && meeting.oneProcess();
    }

    /** Largest put that travels within its request. */
    int inlineBytes() {
        return Math.min(options.inlineBytes(), limits.maxInlineData());
    }

    /** Refuses a put of which not even half would fit into an empty queue: it could wait for ever. */
    void checkPieces(long pieces) {
        if (pieces > options.depth() / 2) {
            throw failures.wrong("rank " + rank() + ": one put of " + pieces + " messages over " + name()
                    + "; depth=" + options.depth() + " allows half as many as it has requests");
        }
    }

    /** Largest put that is one message. */
    long mostBytes() {
        return Math.min(limits.maxMessageBytes(), LONGEST_PIECE);
    }

    /** Where {@code value} can be read until the next call: for a request that copies it while it is posted. */
    long cell(long value) {
        AddressSpace.setLong(cell, value);
        return cell;
    }

    /** Lets an emulated device work, and shows that this rank lives. */
    void progress() {
        device.progress();
        meeting.breathe();
    }

    /** A barrier, unless the job has ended; then gives everything back. */
    void close() {
        try {
            if (meeting.aborted().isEmpty()) {
                meeting.barrier("to close");
            }
        } finally {
            release();
        }
    }

    private void release() {
        try {
            releaseDevice();
        } finally {
            arena.close();
            meeting.unmap();
        }
    }

    private void releaseDevice() {
        if (device == null) {
            return;
        }
        for (Optional<AsyncEvent> event = device.pollAsyncEvent(); event.isPresent(); event =
                device.pollAsyncEvent()) {
            device.acknowledge(event.get()); // what it is about could not be destroyed otherwise
        }
        if (connector != null) {
            for (RdmaPair pair : connector.pairs()) {
                if (pair != null) {
                    pair.queuePair().close();
                }
            }
        }
        if (memory != null) {
            memory.close();
        }
        if (sends != null) {
            sends.close();
        }
        if (receives != null) {
            receives.close();
        }
        if (domain != null) {
            domain.close();
        }
        device.close();
    }
}
