package org.fabricmark.transport.rdma;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.fabricmark.transport.host.HostMeeting;
import org.fabricmark.transport.rdma.verbs.AccessFlag;
import org.fabricmark.transport.rdma.verbs.Context;
import org.fabricmark.transport.rdma.verbs.DeviceMemory;
import org.fabricmark.transport.rdma.verbs.MemoryRegion;
import org.fabricmark.transport.rdma.verbs.ProtectionDomain;
import org.fabricmark.transport.rdma.verbs.RemoteKey;
import org.fabricmark.transport.rdma.verbs.VerbsException;

/**
 * The regions of a rank by number. A region is registered once, when it is allocated, and from address 0 on: so only keys travel between
 * ranks, and only then.
 *
 * <p>Thread rule: the rank's thread.
 */
final class RdmaMemory {
    private final HostMeeting meeting;
    private final Context context;
    private final ProtectionDomain domain;
    private final RdmaFailures failures;
    private RdmaRegion[] regions = new RdmaRegion[16];

    RdmaMemory(HostMeeting meeting, Context context, ProtectionDomain domain, RdmaFailures failures) {
        this.meeting = meeting;
        this.context = context;
        this.domain = domain;
        this.failures = failures;
    }

    RdmaRegion region(long reference) {
        return regions[RdmaLayout.region(reference)];
    }

    RdmaRegion allocate(long bytes) {
        if (bytes < 1 || bytes > RdmaLayout.MAX_PART) {
            throw new IllegalArgumentException("bytes=" + bytes + ": from 1 to " + RdmaLayout.MAX_PART);
        }
        int number = freeNumber();
        DeviceMemory memory = null;
        MemoryRegion registered = null;
        try {
            memory = context.allocate(bytes);
            registered = domain.register(memory.segment(), 0, AccessFlag.localAndRemote());
            RemoteKey[] keys = exchange(registered.remoteKey());
            RdmaRegion region =
                    new RdmaRegion(this, number, bytes, memory, registered, keys, meeting.rank());
            regions[number] = region;
            return region;
        } catch (VerbsException e) {
            close(registered, memory);
            throw failures.verb("allocate " + bytes + " bytes", e);
        } catch (RuntimeException e) {
            close(registered, memory);
            throw e;
        }
    }

    private RemoteKey[] exchange(RemoteKey own) {
        byte[][] told =
                meeting.exchange(ByteBuffer.allocate(Integer.BYTES).putInt(own.value()).array(), "to allocate");
        return Arrays.stream(told).map(key -> new RemoteKey(ByteBuffer.wrap(key).getInt())).toArray(RemoteKey[]::new);
    }

    private static void close(MemoryRegion registered, DeviceMemory memory) {
        if (registered != null) {
            registered.close();
        }
        if (memory != null) {
            memory.close();
        }
    }

    /** The same on every rank, because all allocate and close in the same order. */
    private int freeNumber() {
        int number = 0;
        while (number < regions.length && regions[number] != null) {
            number++;
        }
        if (number == RdmaLayout.MAX_REGIONS) {
            throw new IllegalStateException(RdmaLayout.MAX_REGIONS + " regions are open");
        }
        if (number == regions.length) {
            regions = Arrays.copyOf(regions, 2 * number);
        }
        return number;
    }

    void forget(RdmaRegion region) {
        regions[region.number()] = null;
    }

    /** Closes what is open. */
    void close() {
        for (RdmaRegion region : regions) {
            if (region != null) {
                region.close();
            }
        }
    }
}
