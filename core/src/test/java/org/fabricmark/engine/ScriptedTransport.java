package org.fabricmark.engine;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
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
 * Rank 0 of two without a peer: writes down every call, and answers as a test tells it. References are offsets, signals are
 * indices, and what a peer would send is set by {@link #arrive}.
 */
final class ScriptedTransport implements Transport {
    private final Arena arena = Arena.ofConfined();
    private final Map<Long, Long> counters = new HashMap<>();

    /** Every call that moves something, in words. */
    final List<String> calls = new ArrayList<>();

    /** How often in a row puts and notifications answer 'not now' before they succeed. */
    int refusals;

    /** How often flushes are not over. */
    int unflushed;

    /** How often something is left to drain. */
    int undrained;

    int progressCalls;

    /** Above 1 where most polls need no progress. */
    int pollsPerProgress = 1;

    /** How often a caller that waits has given its time away. */
    int rests;

    /** Runs at each call of {@link #progress}. */
    Runnable onProgress = () -> {};

    private final Set<Capability> peerCapabilities;
    private int refused;
    private Failure aborted;

    ScriptedTransport(Capability... ofPeer) {
        this.peerCapabilities = Set.of(ofPeer);
    }

    void arrive(long signal, long total) {
        counters.put(signal, total);
    }

    private boolean take(String call) {
        if (refused++ < refusals) {
            return false;
        }
        refused = 0;
        return calls.add(call);
    }

    @Override
    public int rank() {
        return 0;
    }

    @Override
    public int size() {
        return 2;
    }

    @Override
    public boolean rest() {
        rests++;
        return false;
    }

    @Override
    public String name() {
        return "scripted";
    }

    @Override
    public Set<Capability> capabilities(int peer) {
        return peer == 0 ? Set.of(Capability.values()) : peerCapabilities;
    }

    @Override
    public Region allocate(long bytes) {
        MemorySegment parts = arena.allocate(2 * bytes, 128);
        return new Region() {
            @Override
            public long bytes() {
                return bytes;
            }

            @Override
            public MemorySegment segment() {
                return parts.asSlice(0, bytes);
            }

            @Override
            public long address() {
                return parts.address();
            }

            @Override
            public long reference(long offset) {
                return offset;
            }

            @Override
            public long directAddress(int peer, long offset) {
                return parts.address() + peer * bytes + offset;
            }

            @Override
            public void close() {
                // the arena closes with the transport
            }
        };
    }

    @Override
    public SignalTable allocateSignals(int signals) {
        return new SignalTable() {
            @Override
            public int signals() {
                return signals;
            }

            @Override
            public long outgoing(int peer, int signal) {
                return signal;
            }

            @Override
            public long incoming(int peer, int signal) {
                return signal;
            }

            @Override
            public void close() {
                // nothing was allocated
            }
        };
    }

    @Override
    public boolean put(int peer, int channel, long from, long to, long bytes) {
        return take("put " + from + "->" + to + " " + bytes + " on " + channel);
    }

    @Override
    public boolean putAndNotify(
            int peer, int channel, long from, long to, long bytes, long signal, long total, boolean soleBump) {
        return take("put " + from + "->" + to + " " + bytes + " on " + channel + " signal " + signal + "=" + total
                + (soleBump ? " sole" : ""));
    }

    @Override
    public boolean notifyPeer(int peer, int channel, long signal, long total) {
        return take("notify " + signal + "=" + total + " on " + channel);
    }

    @Override
    public boolean get(int peer, int channel, long from, long to, long bytes) {
        return take("get " + from + "->" + to + " " + bytes + " on " + channel);
    }

    @Override
    public boolean flushed(int channel) {
        return unflushed-- <= 0;
    }

    @Override
    public boolean arrived(long signal, long total) {
        return counters.getOrDefault(signal, 0L) >= total;
    }

    @Override
    public boolean drained() {
        return undrained-- <= 0;
    }

    @Override
    public void progress() {
        progressCalls++;
        onProgress.run();
    }

    @Override
    public int pollsPerProgress() {
        return pollsPerProgress;
    }

    @Override
    public void abort(Failure failure) {
        aborted = aborted == null ? failure : aborted;
    }

    @Override
    public Optional<Failure> aborted() {
        return Optional.ofNullable(aborted);
    }

    @Override
    public void close() {
        arena.close();
    }
}
