package org.fabricmark.transport.netty;

import java.util.Optional;
import java.util.Set;
import org.fabricmark.transport.Capability;
import org.fabricmark.transport.Failure;
import org.fabricmark.transport.Failure.Category;
import org.fabricmark.transport.Region;
import org.fabricmark.transport.SignalTable;
import org.fabricmark.transport.Transport;

/**
 * One rank's attachment over sockets. A put becomes a frame in the outbound ring of its wire's connection, or a header there and
 * a reference to the window; it leaves when the rank first waits for something, with all else that has gathered. What arrives is
 * in its place when the call that read it returns.
 *
 * <p>Bytes move in {@link #progress} and nowhere else: between two calls of it no answer changes, and a step calls the operating
 * system never, a wait as often as it polls.
 */
final class NettyTransport implements Transport {
    private static final Set<Capability> ALL = Set.of(Capability.values());

    /** Nothing changes between two calls of progress. */
    private static final int POLLS_PER_PROGRESS = 1;

    private final NettyEndpoint endpoint;
    private final Mesh mesh;
    private final NettyMemory memory;
    private final int rank;
    private final int copiedBytes;
    private boolean closed;

    NettyTransport(NettyEndpoint endpoint, NettyOptions options) {
        this.endpoint = endpoint;
        this.mesh = endpoint.mesh();
        this.memory = endpoint.memory();
        this.rank = endpoint.rank();
        this.copiedBytes = options.copiedBytes();
    }

    @Override
    public int rank() {
        return rank;
    }

    @Override
    public int size() {
        return endpoint.size();
    }

    @Override
    public String name() {
        return endpoint.name();
    }

    @Override
    public Set<Capability> capabilities(int peer) {
        return peer == rank ? ALL : Set.of();
    }

    @Override
    public Region allocate(long bytes) {
        NettyRegion region = null;
        try {
            region = memory.allocate(bytes);
        } catch (OutOfMemoryError e) {
            // told to all ranks, who would wait for this one
            throw endpoint.failed(Failure.of(
                    Category.NO_ROOM, rank, name(),
                    "rank " + rank + " has no room for a window of " + bytes + " bytes: " + e.getMessage()));
        }
        endpoint.barrier("to allocate");
        return region;
    }

    @Override
    public SignalTable allocateSignals(int signals) {
        SignalTable table = memory.allocateSignals(signals);
        endpoint.barrier("to allocate");
        return table;
    }

    @Override
    public boolean put(int peer, int channel, long from, long to, long bytes) {
        return send(peer, channel, from, to, bytes, NettyLayout.NO_SIGNAL, 0);
    }

    @Override
    public boolean putAndNotify(
            int peer, int channel, long from, long to, long bytes, long signal, long total, boolean soleBump) {
        return send(peer, channel, from, to, bytes, signal, total);
    }

    private boolean send(int peer, int channel, long from, long to, long bytes, long signal, long total) {
        Outbound outbound = mesh.connection(peer, channel).outbound();
        if (bytes <= copiedBytes) {
            if (!outbound.room(1, (int) bytes)) {
                return false;
            }
            outbound.addCopy(
                    NettyLayout.PUT, channel, memory.address(from), (int) bytes, to, signal, total);
            return true;
        }
        if (!outbound.room(Outbound.pieces(bytes), 0)) {
            return false;
        }
        long source = memory.address(from);
        for (long done = 0; done < bytes;) {
            int piece = (int) Math.min(NettyLayout.MOST_DATA, bytes - done);
            boolean bumps = done + piece == bytes && signal != NettyLayout.NO_SIGNAL;
            outbound.addView(
                    NettyLayout.PUT, channel, source + done, piece, to + done,
                    bumps ? signal : NettyLayout.NO_SIGNAL, bumps ? total : 0);
            done += piece;
        }
        return true;
    }

    @Override
    public boolean notifyPeer(int peer, int channel, long signal, long total) {
        Outbound outbound = mesh.connection(peer, channel).outbound();
        if (!outbound.room(1, 0)) {
            return false;
        }
        outbound.add(NettyLayout.BUMP, channel, 0, signal, total);
        return true;
    }

    @Override
    public boolean get(int peer, int channel, long from, long to, long bytes) {
        return mesh.connection(peer, channel).transfers().get(channel, from, to, bytes);
    }

    @Override
    public boolean flushed(int channel) {
        return endpoint.flushed(channel);
    }

    @Override
    public boolean arrived(long signal, long total) {
        return memory.reached(signal, total);
    }

    @Override
    public boolean drained() {
        return mesh.drained();
    }

    @Override
    public void progress() {
        endpoint.progress();
    }

    @Override
    public boolean rest() {
        endpoint.rest();
        return true;
    }

    @Override
    public int pollsPerProgress() {
        return POLLS_PER_PROGRESS;
    }

    @Override
    public void abort(Failure failure) {
        endpoint.abort(failure);
    }

    @Override
    public Optional<Failure> aborted() {
        return endpoint.aborted();
    }

    @Override
    public int silentRank(int peer) {
        return endpoint.silentRank(peer);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            endpoint.close();
        }
    }
}
