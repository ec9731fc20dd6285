package org.fabricmark.bench.harness;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.fabricmark.transport.Capability;
import org.fabricmark.transport.Failure;
import org.fabricmark.transport.Region;
import org.fabricmark.transport.SignalTable;
import org.fabricmark.transport.Transport;

/**
 * A transport that, while armed, delivers other floats than it was given: all signals arrive, and nothing tells that something
 * is wrong but the data.
 */
final class WrongTransport implements Transport {
    private static final long STAGING_BYTES = 1 << 20;

    /** What it does to the data of a put. */
    enum Fault {
        /** Delivers what the previous put to the same place carried. */
        STALE,
        /** Delivers all elements one place further, the last one first. */
        SHIFTED,
        /** Delivers zeros: nothing is contributed to a sum. */
        MISSING,
        /** Delivers every value added to itself. */
        DOUBLED
    }

    private final Transport delegate;
    private final Region staging;
    private final List<Region> regions = new ArrayList<>();
    private final Map<String, byte[]> previous = new HashMap<>();
    private Fault fault;

    /** Collective, as the first allocation. */
    WrongTransport(Transport delegate) {
        this.delegate = delegate;
        this.staging = delegate.allocate(STAGING_BYTES);
    }

    /** From now on {@code fault}, or nothing wrong if null. */
    void arm(Fault next) {
        this.fault = next;
    }

    private long carried(int peer, long from, long to, long bytes) {
        MemorySegment source = local(from, bytes);
        byte[] payload = source.toArray(ValueLayout.JAVA_BYTE);
        byte[] before = previous.put(peer + ":" + to + ":" + bytes, payload);
        if (fault == null) {
            return from;
        }
        MemorySegment target = staging.segment().asSlice(0, bytes);
        switch (fault) {
            case STALE -> target.copyFrom(MemorySegment.ofArray(before));
            case SHIFTED -> {
                target.asSlice(4).copyFrom(source.asSlice(0, bytes - 4));
                target.asSlice(0, 4).copyFrom(source.asSlice(bytes - 4));
            }
            case MISSING -> target.fill((byte) 0);
            case DOUBLED -> {
                for (long i = 0; i < bytes / 4; i++) {
                    float value = source.getAtIndex(ValueLayout.JAVA_FLOAT, i);
                    target.setAtIndex(ValueLayout.JAVA_FLOAT, i, value + value);
                }
            }
        }
        return staging.reference(0);
    }

    private MemorySegment local(long reference, long bytes) {
        return regions.stream()
                .filter(region -> region.reference(0) <= reference && reference < region.reference(region.bytes()))
                .map(region -> region.segment().asSlice(reference - region.reference(0), bytes))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public boolean put(int peer, int channel, long from, long to, long bytes) {
        return delegate.put(peer, channel, carried(peer, from, to, bytes), to, bytes);
    }

    @Override
    public boolean putAndNotify(
            int peer, int channel, long from, long to, long bytes, long signal, long total, boolean soleBump) {
        long source = carried(peer, from, to, bytes);
        return delegate.putAndNotify(peer, channel, source, to, bytes, signal, total, soleBump);
    }

    @Override
    public Region allocate(long bytes) {
        Region region = delegate.allocate(bytes);
        regions.add(region);
        return region;
    }

    @Override
    public int rank() {
        return delegate.rank();
    }

    @Override
    public int size() {
        return delegate.size();
    }

    @Override
    public String name() {
        return delegate.name();
    }

    @Override
    public Set<Capability> capabilities(int peer) {
        return delegate.capabilities(peer);
    }

    @Override
    public SignalTable allocateSignals(int signals) {
        return delegate.allocateSignals(signals);
    }

    @Override
    public boolean notifyPeer(int peer, int channel, long signal, long total) {
        return delegate.notifyPeer(peer, channel, signal, total);
    }

    @Override
    public boolean get(int peer, int channel, long from, long to, long bytes) {
        return delegate.get(peer, channel, from, to, bytes);
    }

    @Override
    public boolean flushed(int channel) {
        return delegate.flushed(channel);
    }

    @Override
    public boolean arrived(long signal, long total) {
        return delegate.arrived(signal, total);
    }

    @Override
    public boolean drained() {
        return delegate.drained();
    }

    @Override
    public void progress() {
        delegate.progress();
    }

    @Override
    public int pollsPerProgress() {
        return delegate.pollsPerProgress();
    }

    @Override
    public void abort(Failure failure) {
        delegate.abort(failure);
    }

    @Override
    public Optional<Failure> aborted() {
        return delegate.aborted();
    }

    @Override
    public void close() {
        delegate.close();
    }
}
