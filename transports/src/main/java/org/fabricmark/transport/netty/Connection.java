package org.fabricmark.transport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.IoEvent;
import io.netty.channel.IoHandle;
import java.lang.foreign.Arena;
import java.util.Optional;

/**
 * One connection to a peer, and the handler of its channel: first the {@link Handshake} takes what arrives, then a
 * {@link FrameDecoder}.
 *
 * <p>Thread rule: the rank's thread. Lifetime: its memory must stay until the channel is closed and deregistered.
 */
final class Connection extends ChannelInboundHandlerAdapter {
    /** Hears what happens to connections. */
    interface Owner {
        /** The handshake has succeeded. */
        Transfers established(Connection connection) throws WireException;

        /** The connection has ended by itself; {@code cause} is null for an orderly end. */
        void ended(Connection connection, Throwable cause);

        /** The peer has sent what no peer may send. */
        void broken(Connection connection, WireException cause);
    }

    private static final int UNKNOWN = -1;

    private final Arena arena = Arena.ofConfined();
    private final Channel channel;
    private final Optional<SocketCalls> calls;
    private final Owner owner;
    private final Inbound inbound;
    private final Outbound outbound;
    private Handshake handshake;
    private FrameDecoder decoder;
    private Transfers transfers;
    private int peer = UNKNOWN;
    private int number;
    private String address = "?";
    private boolean over;

    /**
     * @param calls of the channel's socket
     * @param sources counts pieces that are being sent
     * @param bytes of memory for each direction, a power of two
     */
    Connection(Channel channel, Optional<SocketCalls> calls, Owner owner, Outbound.Sources sources, int bytes) {
        this.channel = channel;
        this.calls = calls;
        this.owner = owner;
        this.inbound = new Inbound(arena.allocate(bytes, Long.BYTES).address(), bytes);
        this.outbound = new Outbound(channel, calls, sources, arena.allocate(bytes, Long.BYTES).address(), bytes);
        channel.config().setRecvByteBufAllocator(inbound);
        channel.pipeline().addLast(this);
    }

    /** Before anything arrives. */
    void begin(Handshake first, String peerAddress) {
        handshake = first;
        address = peerAddress;
    }

    /** Who is at the other end, once that is known. */
    void isWith(int rank, int connection) {
        peer = rank;
        number = connection;
    }

    int peer() {
        return peer;
    }

    /** Which of the connections to its peer it is. */
    int number() {
        return number;
    }

    String address() {
        return address;
    }

    Channel channel() {
        return channel;
    }

    Outbound outbound() {
        return outbound;
    }

    /** What it carries; null before the handshake is over. */
    Transfers transfers() {
        return transfers;
    }

    Handshake handshake() {
        return handshake;
    }

    /** Whether it takes frames. */
    boolean established() {
        return decoder != null;
    }

    /** Reads what is there, without asking first whether there is anything. */
    void poll(IoEvent readable) {
        if (!over && (calls.isEmpty() || !readPast(calls.get()))) {
            ((IoHandle) channel.unsafe()).handle(null, readable);
        }
    }

    /** Reads without the channel. @return whether that is all; else the channel finds out what has happened */
    private boolean readPast(SocketCalls socket) {
        for (int reads = 0; reads < Inbound.MOST_READS; reads++) {
            long place = inbound.next();
            int bytes = socket.receive(place, inbound.room());
            if (bytes < 0) {
                return false;
            }
            if (bytes == 0) {
                return true;
            }
            received(bytes);
            if (over || !inbound.more(bytes)) {
                return true;
            }
        }
        return true;
    }

    /** From now on takes nothing that arrives seriously, and tells nobody of its end. */
    void mute() {
        over = true;
    }

    /** Ends it from this side; nobody is told. */
    void close() {
        over = true;
        channel.close();
    }

    /** Gives its memory back; the channel is closed and deregistered. */
    void free() {
        arena.close();
    }

    /** Whether it has ended, from either side. */
    boolean over() {
        return over;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        int length = bytes.readableBytes();
        bytes.release();
        received(length);
    }

    private void received(int length) {
        if (over) {
            return;
        }
        try {
            if (inbound.direct()) {
                decoder.landed(length);
            } else {
                understand(length);
            }
            if (decoder != null) {
                inbound.expect(decoder.rest(), decoder.target(), decoder.length());
            }
        } catch (WireException e) {
            over = true;
            owner.broken(this, e);
        }
    }

    private void understand(int length) throws WireException {
        long end = inbound.end(length);
        long at = inbound.start();
        if (decoder == null) {
            at = handshake.take(at, end);
            if (!handshake.done()) {
                inbound.keep(at, end);
                return;
            }
            transfers = owner.established(this);
            decoder = new FrameDecoder(transfers);
        }
        inbound.keep(decoder.decode(at, end), end);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        end(null);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        end(cause);
    }

    private void end(Throwable cause) {
        if (!over) {
            over = true;
            channel.close();
            owner.ended(this, cause);
        }
    }
}
