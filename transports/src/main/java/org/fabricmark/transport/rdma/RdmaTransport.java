package org.fabricmark.transport.rdma;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.fabricmark.memory.AddressSpace;
import org.fabricmark.transport.Capability;
import org.fabricmark.transport.Failure;
import org.fabricmark.transport.Region;
import org.fabricmark.transport.Registrar;
import org.fabricmark.transport.SignalTable;
import org.fabricmark.transport.Transport;
import org.fabricmark.transport.rdma.verbs.RemoteKey;

/**
 * One rank's attachment over verbs. A put is an RDMA write, a get is an RDMA read, a flush waits for completions of both. A signal is the
 * immediate of a write, of the data's own where there are some: the receive that it completes at the peer is the only thing of which the
 * specification says that everything written before can be seen. With {@code signal=counter} it is a second write instead, of a
 * counter that the peer looks at: less work, and a reliance on more than is promised.
 *
 * <p>Where puts come from and go to is a region's number and an offset in it, which is what verbs are given: each rank's part is
 * registered from address 0 on. Where this rank's side of a put or get is private memory, the number stands for what is placed there
 * ({@link RdmaPrivateRegion}).
 *
 * <p>Verbs have no direct access, also where provider and peer happen to be in this process.
 */
final class RdmaTransport implements Transport {
    private static final Set<Capability> ALL = Set.of(Capability.values());

    /** A poll of a signal polls what receives bring; the rest can wait so long. */
    private static final int POLLS_PER_PROGRESS = 64;

    private final RdmaEndpoint endpoint;
    private final RdmaPairs pairs;
    private final RdmaMemory memory;
    private final RdmaSignals signals;
    private final Optional<Registrar> registrar;
    private final boolean counters;
    private final int inlineBytes;
    private final long mostBytes;
    private RdmaChannel[] channels = {new RdmaChannel()};
    private boolean closed;

    RdmaTransport(RdmaEndpoint endpoint, RdmaOptions options) {
        this.endpoint = endpoint;
        this.pairs = endpoint.pairs();
        this.memory = endpoint.memory();
        this.signals = new RdmaSignals(pairs, endpoint.size());
        this.registrar = endpoint.registers() ? Optional.of(new RdmaRegistrar(memory)) : Optional.empty();
        this.counters = options.counters();
        this.inlineBytes = endpoint.inlineBytes();
        this.mostBytes = endpoint.mostBytes();
    }

    @Override
    public int rank() {
        return endpoint.rank();
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
        return peer == rank() ? ALL : Set.of();
    }

    @Override
    public Region allocate(long bytes) {
        return memory.allocate(bytes);
    }

    @Override
    public Optional<Registrar> registrar() {
        return registrar;
    }

    @Override
    public SignalTable allocateSignals(int count) {
        if (counters) {
            return new RdmaCounters(memory, count, rank(), size());
        }
        SignalTable table = signals.allocate(count);
        endpoint.meeting().barrier("to allocate");
        return table;
    }

    @Override
    public boolean put(int peer, int channel, long from, long to, long bytes) {
        RdmaPair pair = pairs.to(peer, channel);
        if (!hasRoom(pair, pieces(bytes), 0)) {
            return false;
        }
        write(pair, peer, channel, from, to, bytes);
        return true;
    }

    @Override
    public boolean putAndNotify(
            int peer, int channel, long from, long to, long bytes, long signal, long total, boolean soleBump) {
        RdmaPair pair = pairs.to(peer, channel);
        if (counters || bytes > mostBytes || signals.missing(signal, total) != 1) {
            return putThenNotify(pair, peer, channel, from, to, bytes, signal, total);
        }
        if (!hasRoom(pair, 1, 1)) {
            return false;
        }
        pair.writeAndNotify(RdmaLayout.offset(to), key(peer, to), RdmaSignals.number(signal));
        send(pair, channel, from, bytes);
        signals.raise(signal, total);
        return true;
    }

    private boolean putThenNotify(
            RdmaPair pair, int peer, int channel, long from, long to, long bytes, long signal, long total) {
        int bumps = counters ? 1 : signals.missing(signal, total);
        if (!hasRoom(pair, pieces(bytes) + bumps, counters ? 0 : bumps)) {
            return false;
        }
        write(pair, peer, channel, from, to, bytes);
        bump(pair, peer, signal, total);
        return true;
    }

    @Override
    public boolean notifyPeer(int peer, int channel, long signal, long total) {
        RdmaPair pair = pairs.to(peer, channel);
        int bumps = counters ? 1 : signals.missing(signal, total);
        if (!hasRoom(pair, bumps, counters ? 0 : bumps)) {
            return false;
        }
        bump(pair, peer, signal, total);
        return true;
    }

    private void bump(RdmaPair pair, int peer, long signal, long total) {
        if (counters) {
            pair.write(RdmaLayout.offset(signal), key(peer, signal));
            pair.segment(endpoint.cell(total), Long.BYTES, memory.part(signal).localKey());
            pair.inline();
            pairs.count(pair, pair.post());
            return;
        }
        for (int missing = signals.missing(signal, total); missing > 0; missing--) {
            pairs.count(pair, pair.notifyPeer(RdmaSignals.number(signal)));
        }
        signals.raise(signal, total);
    }

    private int pieces(long bytes) {
        if (bytes <= mostBytes) {
            return 1;
        }
        long pieces = Math.ceilDiv(bytes, mostBytes);
        endpoint.checkPieces(pieces);
        return (int) pieces;
    }

    private void write(RdmaPair pair, int peer, int channel, long from, long to, long bytes) {
        RemoteKey key = key(peer, to);
        for (long done = 0; done < bytes; done += mostBytes) {
            pair.write(RdmaLayout.offset(to) + done, key);
            send(pair, channel, from + done, Math.min(mostBytes, bytes - done));
        }
    }

    /** Posts what was begun, with its local memory. */
    private void send(RdmaPair pair, int channel, long from, long bytes) {
        RdmaPart source = memory.part(from);
        if (bytes <= inlineBytes) {
            pair.segment(source.address(RdmaLayout.offset(from)), (int) bytes, source.localKey());
            pair.inline();
            pairs.count(pair, pair.post());
        } else {
            pair.segment(source.named(RdmaLayout.offset(from)), (int) bytes, source.localKey());
            pairs.count(pair, pair.post());
            channel(channel).uses(pair);
        }
    }

    @Override
    public boolean get(int peer, int channel, long from, long to, long bytes) {
        RdmaPair pair = pairs.to(peer, channel);
        if (!hasRoom(pair, pieces(bytes), 0)) {
            return false;
        }
        RemoteKey key = key(peer, from);
        RdmaPart target = memory.part(to);
        for (long done = 0; done < bytes; done += mostBytes) {
            int piece = (int) Math.min(mostBytes, bytes - done);
            pairs.count(pair, pair.read(
                    RdmaLayout.offset(from) + done, key, target.named(RdmaLayout.offset(to)) + done, piece,
                    target.localKey()));
        }
        channel(channel).uses(pair);
        return true;
    }

    private RemoteKey key(int peer, long reference) {
        return memory.part(reference).remoteKey(peer);
    }

    private boolean hasRoom(RdmaPair pair, int requests, int bumps) {
        if (pair.room(requests, bumps)) {
            return true;
        }
        pairs.pollSends();
        return pair.room(requests, bumps);
    }

    private RdmaChannel channel(int channel) {
        if (channel >= channels.length) {
            int length = channels.length;
            channels = Arrays.copyOf(channels, Math.max(channel + 1, 2 * length));
            Arrays.setAll(channels, i -> i < length ? channels[i] : new RdmaChannel());
        }
        return channels[channel];
    }

    @Override
    public boolean flushed(int channel) {
        return channel(channel).flushed(pairs);
    }

    @Override
    public boolean arrived(long signal, long total) {
        if (counters) {
            return AddressSpace.getLongAcquire(signal) >= total;
        }
        int place = RdmaSignals.place(signal);
        if (pairs.counter(place) >= total) {
            return true;
        }
        pairs.pollReceives();
        return pairs.counter(place) >= total;
    }

    @Override
    public boolean drained() {
        return pairs.drained();
    }

    @Override
    public void progress() {
        pairs.pollSends();
        pairs.pollReceives();
        endpoint.progress();
    }

    @Override
    public int silentRank(int peer) {
        return endpoint.meeting().silentRank(peer);
    }

    @Override
    public int pollsPerProgress() {
        return POLLS_PER_PROGRESS;
    }

    @Override
    public void abort(Failure failure) {
        endpoint.meeting().abort(failure);
    }

    @Override
    public Optional<Failure> aborted() {
        return endpoint.meeting().aborted();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            endpoint.close();
        }
    }
}
