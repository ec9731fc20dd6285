package org.fabricmark.transport.rdma.anatomy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.fabricmark.transport.anatomy.Anatomy;
import org.fabricmark.transport.anatomy.PostedRequest;
import org.fabricmark.transport.rdma.verbs.CompletionOpcode;
import org.fabricmark.transport.rdma.verbs.PathMtu;
import org.fabricmark.transport.rdma.verbs.SendFlag;
import org.fabricmark.transport.rdma.verbs.SendOpcode;

/**
 * By which rules the transport {@code rdma} makes work requests of its operations:
 *
 * <pre>
 *   put                  RDMA_WRITE; INLINE when it is small
 *   put with a signal    RDMA_WRITE_WITH_IMM: the immediate names the signal, and it completes a receive at the peer
 *   signal alone         RDMA_WRITE_WITH_IMM of no bytes
 *   get                  RDMA_READ, signalled
 *   await                nothing, but for every so many receives that were used up an RDMA_WRITE_WITH_IMM of no bytes, which
 *                        gives credits back, if no signal went that way meanwhile
 *   flush, end           an RDMA_WRITE of no bytes, signalled, to each peer that no completion will tell of otherwise; a flush waits
 *                        only for what uses this rank's memory
 *
 *   signal=counter       put with a signal, signal alone: an RDMA_WRITE of 8 bytes more, INLINE, to a counter that the peer looks at
 * </pre>
 *
 * <p>A write is signalled when no signalled one of its queue pair is under way, and when the last one is long ago. When one is over
 * is a question of time: here everything is that comes before a wait. Where queue pairs are several, credits are counted for the
 * pair of the channel that awaits.
 *
 * <p>Thread rule: one thread.
 */
public final class RdmaAnatomy implements Anatomy {
    private static final int COUNTER_BYTES = 8;

    /**
     * What decides about requests.
     *
     * @param mtu of the path
     * @param depth of a send queue
     * @param pairs queue pairs between two ranks, over which channels are spread
     * @param inlineBytes largest put that travels within its request
     * @param mostBytes of one request: what is longer goes in several
     * @param counters whether signals are counters that are written, instead of immediates
     */
    public record Terms(PathMtu mtu, int depth, int pairs, int inlineBytes, long mostBytes, boolean counters) {}

    private record Pair(int peer, int number) {}

    private record Wire(int peer, int channel) {}

    private final Terms terms;
    private final RocePackets packets;
    private final Map<Pair, PairBooks> books =
            new TreeMap<>(Comparator.comparingInt(Pair::peer).thenComparingInt(Pair::number));
    private final Map<Wire, Long> last =
            new TreeMap<>(Comparator.comparingInt(Wire::peer).thenComparingInt(Wire::channel));

    /** As from a fresh start under {@code terms}. */
    public RdmaAnatomy(Terms terms) {
        this.terms = terms;
        packets = new RocePackets(terms.mtu());
    }

    @Override
    public String terms() {
        return "reliable connections, " + (terms.pairs() == 1 ? "a queue pair" : terms.pairs() + " queue pairs")
                + " for each peer; packets of RoCEv2 over IPv4, MTU " + terms.mtu().bytes();
    }

    @Override
    public List<PostedRequest> put(int peer, int channel, long bytes) {
        List<PostedRequest> requests = new ArrayList<>();
        for (long left = bytes; left > 0; left -= terms.mostBytes()) {
            requests.add(data(SendOpcode.RDMA_WRITE, peer, channel, Math.min(left, terms.mostBytes()),
                    PostedRequest.NO_SIGNAL));
        }
        return requests;
    }

    @Override
    public List<PostedRequest> putAndNotify(int peer, int channel, long bytes, int signal, boolean soleBump) {
        if (!terms.counters() && bytes <= terms.mostBytes()) {
            return List.of(data(SendOpcode.RDMA_WRITE_WITH_IMM, peer, channel, bytes, signal));
        }
        return Stream.concat(put(peer, channel, bytes).stream(), notifyPeer(peer, channel, signal).stream()).toList();
    }

    @Override
    public List<PostedRequest> notifyPeer(int peer, int channel, int signal) {
        return List.of(terms.counters()
                ? write(SendOpcode.RDMA_WRITE, peer, channel, COUNTER_BYTES, signal)
                : write(SendOpcode.RDMA_WRITE_WITH_IMM, peer, channel, 0, signal));
    }

    @Override
    public List<PostedRequest> get(int peer, int channel, long bytes) {
        List<PostedRequest> reads = new ArrayList<>();
        PairBooks pair = pair(peer, channel);
        for (long left = bytes; left > 0; left -= terms.mostBytes()) {
            pair.read();
            reads.add(request(SendOpcode.RDMA_READ, peer, Math.min(left, terms.mostBytes()), PostedRequest.NO_SIGNAL,
                    true, List.of()));
        }
        last.put(new Wire(peer, channel), pair.last());
        return reads;
    }

    @Override
    public List<PostedRequest> await(int peer, int channel, int signal, int times) {
        books.values().forEach(PairBooks::poll);
        return !terms.counters() && pair(peer, channel).receive(times)
                ? List.of(write(SendOpcode.RDMA_WRITE_WITH_IMM, peer, channel, 0, PostedRequest.NO_SIGNAL))
                : List.of();
    }

    @Override
    public List<PostedRequest> flush(int channel) {
        List<PostedRequest> markers = new ArrayList<>();
        last.forEach((wire, request) -> {
            if (wire.channel() == channel) {
                ask(pair(wire.peer(), channel), wire.peer(), request, markers);
            }
        });
        books.values().forEach(PairBooks::poll);
        return markers;
    }

    @Override
    public List<PostedRequest> drain() {
        List<PostedRequest> markers = new ArrayList<>();
        books.forEach((pair, book) -> ask(book, pair.peer(), book.last(), markers));
        books.values().forEach(PairBooks::poll);
        return markers;
    }

    private void ask(PairBooks pair, int peer, long request, List<PostedRequest> markers) {
        if (pair.lacksCompletion(request)) {
            pair.mark();
            markers.add(request(SendOpcode.RDMA_WRITE, peer, 0, PostedRequest.NO_SIGNAL, true, List.of()));
        }
    }

    private PairBooks pair(int peer, int channel) {
        return books.computeIfAbsent(new Pair(peer, channel % terms.pairs()), _ -> new PairBooks(terms.depth()));
    }

    /** A write of the rank's own memory; what is not copied into the request is waited for by a flush. */
    private PostedRequest data(SendOpcode opcode, int peer, int channel, long bytes, int signal) {
        PostedRequest request = write(opcode, peer, channel, bytes, signal);
        if (bytes > terms.inlineBytes()) {
            last.put(new Wire(peer, channel), pair(peer, channel).last());
        }
        return request;
    }

    private PostedRequest write(SendOpcode opcode, int peer, int channel, long bytes, int signal) {
        PairBooks pair = pair(peer, channel);
        List<String> flags = new ArrayList<>();
        boolean counter = opcode == SendOpcode.RDMA_WRITE && signal != PostedRequest.NO_SIGNAL;
        if (counter || bytes > 0 && bytes <= terms.inlineBytes()) {
            flags.add(SendFlag.INLINE.name());
        }
        if (pair.fenced()) {
            flags.add(SendFlag.FENCE.name());
        }
        if (opcode.consumesReceive()) {
            pair.giveCredits();
        }
        return request(opcode, peer, bytes, signal, pair.write(), flags);
    }

    private PostedRequest request(
            SendOpcode opcode, int peer, long bytes, int signal, boolean signalled, List<String> flags) {
        boolean immediate = opcode.consumesReceive();
        Optional<String> told = signal != PostedRequest.NO_SIGNAL
                ? Optional.of((immediate ? "imm = signal " : "counter of signal ") + signal)
                : immediate ? Optional.of("imm = credits") : Optional.empty();
        return new PostedRequest(opcode.name(), peer, bytes, signal, told, signalled, flags,
                immediate ? Optional.of(CompletionOpcode.RECV_RDMA_WITH_IMM.name()) : Optional.empty(),
                packets.of(opcode, bytes));
    }
}
