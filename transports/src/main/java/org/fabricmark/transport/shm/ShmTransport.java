package org.fabricmark.transport.shm;

import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.fabricmark.memory.AddressSpace;
import org.fabricmark.reduction.CopyKernel;
import org.fabricmark.reduction.Kernels;
import org.fabricmark.transport.Capability;
import org.fabricmark.transport.Failure;
import org.fabricmark.transport.Region;
import org.fabricmark.transport.SignalTable;
import org.fabricmark.transport.Transport;
import org.fabricmark.transport.host.HostMeeting;

/**
 * One rank's attachment to shared memory. A put is a copy and a release store of the peer's counter; everything is complete when
 * the call returns, so there is nothing to make progress with, nothing to flush, and no back-pressure.
 *
 * <p>A small put that is alone on its signal is stored into the signal's own cache line and copied to its destination by the
 * receiver, when it sees the counter: one line moves between the cores instead of two.
 */
final class ShmTransport implements Transport {
    private static final Set<Capability> ALL = Set.of(Capability.values());
    private static final int POLLS_PER_PROGRESS = 1024;

    private final ShmEndpoint endpoint;
    private final HostMeeting meeting;
    private final ShmOptions options;
    private final int rank;
    private final int inlineBytes;
    private final CopyKernel copies = Kernels.copy();
    private final Set<Capability> peerCapabilities;

    /** By region number: where this rank sees rank 0's part, and how far the parts lie apart; regions for closing. */
    private long[] bases = new long[16];

    private long[] strides = new long[16];
    private ShmRegion[] regions = new ShmRegion[16];
    private boolean closed;

    ShmTransport(ShmEndpoint endpoint, ShmOptions options) {
        this.endpoint = endpoint;
        this.meeting = endpoint.meeting();
        this.options = options;
        this.rank = meeting.rank();
        this.inlineBytes = options.inlineBytes();
        this.peerCapabilities = options.direct() ? ALL : Set.of();
    }

    @Override
    public int rank() {
        return rank;
    }

    @Override
    public int size() {
        return meeting.size();
    }

    @Override
    public String name() {
        return meeting.name();
    }

    @Override
    public Set<Capability> capabilities(int peer) {
        return peer == rank ? ALL : peerCapabilities;
    }

    @Override
    public Region allocate(long bytes) {
        return allocateRegion(bytes);
    }

    @Override
    public SignalTable allocateSignals(int signals) {
        return new ShmSignalTable(
                allocateRegion(ShmSignalTable.bytes(signals, size())), signals, rank, size());
    }

    private ShmRegion allocateRegion(long bytes) {
        if (bytes < 1 || bytes > ShmLayout.MAX_PART) {
            throw new IllegalArgumentException("bytes=" + bytes + ": from 1 to " + ShmLayout.MAX_PART);
        }
        int number = freeNumber();
        Arena arena = Arena.ofConfined();
        try {
            ShmRegion region = new ShmRegion(
                    this,
                    arena,
                    endpoint.mapRegion(ShmLayout.pages(bytes), arena),
                    number,
                    bytes,
                    options.direct());
            bases[number] = region.base();
            strides[number] = region.stride();
            regions[number] = region;
            return region;
        } catch (RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    /** The same on every rank, because all allocate and close in the same order. */
    private int freeNumber() {
        int number = 0;
        while (number < regions.length && regions[number] != null) {
            number++;
        }
        if (number == ShmLayout.MAX_REGIONS) {
            throw new IllegalStateException(ShmLayout.MAX_REGIONS + " regions are open");
        }
        if (number == regions.length) {
            bases = Arrays.copyOf(bases, 2 * number);
            strides = Arrays.copyOf(strides, 2 * number);
            regions = Arrays.copyOf(regions, 2 * number);
        }
        return number;
    }

    void forget(ShmRegion region) {
        regions[region.number()] = null;
        bases[region.number()] = 0;
    }

    private long address(int owner, long reference) {
        int region = ShmLayout.region(reference);
        return bases[region] + owner * strides[region] + ShmLayout.offset(reference);
    }

    @Override
    public boolean put(int peer, int channel, long from, long to, long bytes) {
        copy(address(rank, from), address(peer, to), bytes);
        return true;
    }

    @Override
    public boolean putAndNotify(
            int peer, int channel, long from, long to, long bytes, long signal, long total, boolean soleBump) {
        if (soleBump && bytes <= inlineBytes) {
            copySmall(address(rank, from), signal + ShmLayout.LINE_DATA, bytes);
            AddressSpace.setLong(signal + ShmLayout.LINE_DESCRIPTOR, ShmLayout.descriptor(to, bytes));
            AddressSpace.setLongRelease(signal, total);
            return true;
        }
        copy(address(rank, from), address(peer, to), bytes);
        return notifyPeer(peer, channel, signal, total);
    }

    @Override
    public boolean notifyPeer(int peer, int channel, long signal, long total) {
        AddressSpace.setLong(signal + ShmLayout.LINE_DESCRIPTOR, 0);
        AddressSpace.setLongRelease(signal, total);
        return true;
    }

    @Override
    public boolean get(int peer, int channel, long from, long to, long bytes) {
        copy(address(peer, from), address(rank, to), bytes);
        return true;
    }

    private void copy(long from, long to, long bytes) {
        long tile = CopyKernel.tileBytes(bytes);
        for (long done = 0; done < bytes; done += tile) {
            copies.copy(from + done, to + done, Math.min(tile, bytes - done));
        }
    }

    private void copySmall(long from, long to, long bytes) {
        copies.copy(from, to, bytes);
    }

    @Override
    public boolean flushed(int channel) {
        return true;
    }

    @Override
    public boolean arrived(long signal, long total) {
        if (AddressSpace.getLongAcquire(signal) < total) {
            return false;
        }
        long descriptor = AddressSpace.getLong(signal + ShmLayout.LINE_DESCRIPTOR);
        if (descriptor != 0) {
            copySmall(signal + ShmLayout.LINE_DATA, address(rank, descriptor), ShmLayout.length(descriptor));
        }
        return true;
    }

    @Override
    public boolean drained() {
        return true;
    }

    @Override
    public void progress() {
        meeting.breathe(); // every call has done its work before it returned
    }

    @Override
    public int silentRank(int peer) {
        return meeting.silentRank(peer);
    }

    @Override
    public int pollsPerProgress() {
        return POLLS_PER_PROGRESS;
    }

    @Override
    public void abort(Failure failure) {
        meeting.abort(failure);
    }

    @Override
    public Optional<Failure> aborted() {
        return meeting.aborted();
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            if (meeting.aborted().isEmpty()) {
                meeting.barrier("to close");
            }
        } finally {
            for (ShmRegion region : regions) {
                if (region != null) {
                    region.close();
                }
            }
            meeting.unmap();
        }
    }
}
