package org.fabricmark.transport.netty;

import java.util.ArrayDeque;
import org.fabricmark.transport.netty.Outbound.Sources;

/**
 * What one connection carries besides its own bytes: gets of this rank that are not answered yet, and requests of the peer that
 * had no room to be answered.
 *
 * <p>Thread rule: the rank's thread.
 */
final class Transfers implements FrameSink {
    /** A peer that has more requests open does not keep to back-pressure. */
    static final int MOST_REQUESTS = 1024;

    /** Hears what concerns the whole job. */
    interface Job {
        /** {@code peer} has entered set-up barrier {@code number}. */
        void stage(int peer, long number, boolean leaving) throws WireException;

        /** {@code peer} asks whether this rank lives, or answers that. */
        void sign(int peer, long question, boolean answer) throws WireException;

        /** A peer says that the job has ended, or that it ought to. */
        void abort(byte[] record, boolean decided) throws WireException;
    }

    private record Request(int wire, long from, long to, long bytes) {}

    private final Connection connection;
    private final NettyMemory memory;
    private final Sources gets;
    private final Job job;
    private final int copiedBytes;
    private final int peer;
    private final int connections;
    private final ArrayDeque<Request> open = new ArrayDeque<>();
    private final ArrayDeque<Request> asked = new ArrayDeque<>();

    /** Bytes of the oldest get that have come or are coming. */
    private long coming;

    /**
     * @param gets counts, by wire channel, the gets that are not over
     * @param connections how many between two ranks
     */
    Transfers(
            Connection connection, NettyMemory memory, Sources gets, Job job, int copiedBytes, int connections) {
        this.connection = connection;
        this.connections = connections;
        this.memory = memory;
        this.gets = gets;
        this.job = job;
        this.copiedBytes = copiedBytes;
        this.peer = connection.peer();
    }

    /** Asks the peer; false for back-pressure. */
    boolean get(int wire, long from, long to, long bytes) {
        if (open.size() == MOST_REQUESTS || !connection.outbound().room(1, 0)) {
            return false;
        }
        connection.outbound().add(NettyLayout.REQUEST, wire, from, to, bytes);
        open.add(new Request(wire, from, to, bytes));
        gets.add(wire);
        return true;
    }

    /** Answers what can be answered now. */
    void serve() {
        while (!asked.isEmpty()) {
            Request request = asked.peek();
            int pieces = Outbound.pieces(request.bytes());
            if (!connection.outbound().room(pieces, pieces == 1 ? copiedBytes : 0)) {
                return;
            }
            asked.remove();
            answer(request);
        }
    }

    private void answer(Request request) {
        long from = memory.address(request.from());
        Outbound outbound = connection.outbound();
        if (request.bytes() <= copiedBytes) {
            outbound.addCopy(
                    NettyLayout.REPLY, request.wire(), from, (int) request.bytes(), request.to(),
                    NettyLayout.NO_SIGNAL, 0);
            return;
        }
        for (long done = 0; done < request.bytes();) {
            int bytes = (int) Math.min(NettyLayout.MOST_DATA, request.bytes() - done);
            outbound.addReply(
                    request.wire(), from + done, bytes, request.to() + done, request.bytes() - done - bytes);
            done += bytes;
        }
    }

    /** Whether the peer has all answers, or they are on their way. */
    boolean served() {
        return asked.isEmpty();
    }

    @Override
    public void wire(int channel) throws WireException {
        if (channel % connections != connection.number()) {
            throw new WireException("a frame of channel " + channel + " on connection " + connection.number());
        }
    }

    @Override
    public long landing(long place, long bytes) throws WireException {
        return memory.check(place, bytes);
    }

    @Override
    public void check(long signal, long total) throws WireException {
        memory.checkSignal(peer, signal, total);
    }

    @Override
    public void raise(long signal, long total) {
        memory.raise(signal, total);
    }

    @Override
    public void request(int wire, long from, long to, long bytes) throws WireException {
        memory.check(from, bytes);
        if (asked.size() == MOST_REQUESTS) {
            throw new WireException("more than " + MOST_REQUESTS + " requests at once");
        }
        asked.add(new Request(wire, from, to, bytes));
        serve();
    }

    @Override
    public long reply(int wire, long to, long bytes, long rest) throws WireException {
        Request request = open.peek();
        if (request == null) {
            throw new WireException("a reply that was not asked for");
        }
        if (wire != request.wire()
                || to != request.to() + coming
                || rest < 0
                || rest != request.bytes() - coming - bytes) {
            throw new WireException("a reply that does not fit the request");
        }
        coming += bytes;
        return memory.check(to, bytes);
    }

    @Override
    public void replied() {
        gets.remove(open.remove().wire());
        coming = 0;
    }

    @Override
    public void stage(long number, boolean leaving) throws WireException {
        job.stage(peer, number, leaving);
    }

    @Override
    public void sign(long question, boolean answer) throws WireException {
        job.sign(peer, question, answer);
    }

    @Override
    public void abort(byte[] record, boolean decided) throws WireException {
        job.abort(record, decided);
    }
}
