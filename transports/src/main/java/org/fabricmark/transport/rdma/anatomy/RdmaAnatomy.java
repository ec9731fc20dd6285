package org.fabricmark.transport.rdma.anatomy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fabricmark.transport.anatomy.Anatomy;
import org.fabricmark.transport.anatomy.PostedRequest;
import org.fabricmark.transport.rdma.verbs.CompletionOpcode;
import org.fabricmark.transport.rdma.verbs.PathMtu;
import org.fabricmark.transport.rdma.verbs.SendOpcode;

/**
 * By which rules the transport {@code rdma} makes work requests of its operations:
 *
 * <pre>
 *   put                  RDMA_WRITE
 *   put with a signal    RDMA_WRITE_WITH_IMM, the immediate names the signal; completes a receive at the peer
 *   signal alone         RDMA_WRITE_WITH_IMM of no bytes
 *   get                  RDMA_READ
 *   flush                nothing, if the last request of each queue pair was signalled; else an RDMA_WRITE of no bytes that is
 * </pre>
 *
 * <p>Each peer and channel has a queue pair of its own. Of its requests every {@code period}-th is signalled.
 *
 * <p>Thread rule: one thread.
 */
public final class RdmaAnatomy implements Anatomy {
    /** Bytes of one request at most: what is longer is cut. */
    public static final long MAX_REQUEST_BYTES = 1L << 30;

    private record Pair(int peer, int channel) {}

    private final RocePackets packets;
    private final int period;
    private final Map<Pair, Long> posted = new HashMap<>();

    /**
     * @param mtu of the path
     * @param period every so many requests of a queue pair one is signalled
     */
    public RdmaAnatomy(PathMtu mtu, int period) {
        packets = new RocePackets(mtu);
        this.period = period;
    }

    @Override
    public String terms() {
        return "reliable connections, a queue pair for each peer and channel, every " + period
                + "th request signalled; packets of RoCEv2 over IPv4, MTU " + packets.mtu().bytes();
    }

    @Override
    public List<PostedRequest> put(int peer, int channel, long bytes) {
        return transfer(SendOpcode.RDMA_WRITE, SendOpcode.RDMA_WRITE, peer, channel, bytes, PostedRequest.NO_SIGNAL);
    }

    @Override
    public List<PostedRequest> putAndNotify(int peer, int channel, long bytes, int signal, boolean soleBump) {
        return transfer(SendOpcode.RDMA_WRITE, SendOpcode.RDMA_WRITE_WITH_IMM, peer, channel, bytes, signal);
    }

    @Override
    public List<PostedRequest> notifyPeer(int peer, int channel, int signal) {
        return putAndNotify(peer, channel, 0, signal, false);
    }

    @Override
    public List<PostedRequest> get(int peer, int channel, long bytes) {
        return transfer(SendOpcode.RDMA_READ, SendOpcode.RDMA_READ, peer, channel, bytes, PostedRequest.NO_SIGNAL);
    }

    @Override
    public List<PostedRequest> flush(int channel) {
        return posted.entrySet().stream()
                .filter(entry -> entry.getKey().channel() == channel && entry.getValue() % period != 0)
                .map(entry -> entry.getKey().peer()).sorted().toList().stream()
                .map(peer -> close(new Pair(peer, channel)))
                .toList();
    }

    /** What comes of it is reported, and with it that all requests before it are done; then counting starts again. */
    private PostedRequest close(Pair pair) {
        posted.put(pair, 0L);
        return request(SendOpcode.RDMA_WRITE, pair.peer(), 0, PostedRequest.NO_SIGNAL, true);
    }

    private List<PostedRequest> transfer(
            SendOpcode pieces, SendOpcode last, int peer, int channel, long bytes, int signal) {
        List<PostedRequest> requests = new ArrayList<>();
        long left = bytes;
        for (; left > MAX_REQUEST_BYTES; left -= MAX_REQUEST_BYTES) {
            requests.add(request(pieces, peer, MAX_REQUEST_BYTES, PostedRequest.NO_SIGNAL, counted(peer, channel)));
        }
        requests.add(request(last, peer, left, signal, counted(peer, channel)));
        return requests;
    }

    private boolean counted(int peer, int channel) {
        return posted.merge(new Pair(peer, channel), 1L, Long::sum) % period == 0;
    }

    private PostedRequest request(SendOpcode opcode, int peer, long bytes, int signal, boolean signalled) {
        return new PostedRequest(opcode.name(), peer, bytes, signal, signalled,
                opcode.consumesReceive() ? Optional.of(CompletionOpcode.RECV_RDMA_WITH_IMM.name()) : Optional.empty(),
                packets.of(opcode, bytes));
    }
}
