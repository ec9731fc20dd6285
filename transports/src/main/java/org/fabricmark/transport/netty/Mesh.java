package org.fabricmark.transport.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.DefaultChannelPromise;
import io.netty.channel.IoEvent;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.concurrent.FastThreadLocal;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * The connections of one rank and the event loop that moves their bytes; the rank's own thread drives it, so that a message
 * costs no hand-over between threads.
 *
 * <p>With few connections a poll reads each of them at once; with more it asks the system first which can be read.
 *
 * <p>Thread rule: the rank's thread.
 */
final class Mesh {
    /** Up to this many connections it is cheaper to try reads than to ask which connection has something. */
    private static final int FEW = 4;

    /** How often polls that only try reads leave the rest of the loop's work alone. */
    private static final int POLLS_PER_RUN = 64;

    private static final int LEAST_RING = 16 * 1024;
    private static final int MOST_RING = 64 * 1024;
    private static final int ALL_RINGS = 1024 * 1024;

    private final NettyOptions options;
    private final int size;
    private final Outbound.Sources sources;
    private final ManualIoEventLoop loop;
    private final IoEvent readable;
    private final Connection[][] connections;
    private final List<Connection> known = new ArrayList<>();
    private Connection[] all = {};
    private Channel listener;
    private int missing;
    private int polls;

    /** @param sources counts pieces that are being sent, over all connections */
    Mesh(NettyOptions options, int size, Outbound.Sources sources) {
        this.sources = sources;
        this.options = options;
        this.size = size;
        this.loop = new ManualIoEventLoop(Thread.currentThread(), options.io().handlers());
        boolean few = (size - 1) * options.connections() <= FEW;
        this.readable = few ? options.io().readable() : null;
        this.connections = new Connection[size][options.connections()];
        this.missing = (size - 1) * options.connections();
    }

    /** Bytes of each direction's memory of one connection. */
    private int ringBytes() {
        int share = ALL_RINGS / Math.max(1, (size - 1) * options.connections());
        return Math.clamp(Integer.highestOneBit(Math.max(1, share)), LEAST_RING, MOST_RING);
    }

    /**
     * Listens.
     *
     * @param accepted hears of each connection with its peer's address, before anything arrives
     * @return the address
     * @throws ListenException when the address cannot be had
     */
    SocketAddress listen(SocketAddress address, Connection.Owner owner, BiConsumer<Connection, String> accepted)
            throws ListenException {
        listener = options.io().listener(options.unix());
        listener.config().setAutoRead(true);
        if (!options.unix()) {
            listener.config().setOption(ChannelOption.SO_BACKLOG, Math.max(128, missing));
        }
        listener.pipeline().addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object message) {
                Channel channel = (Channel) message;
                Connection connection = adopt(channel, owner);
                accepted.accept(connection, String.valueOf(channel.remoteAddress()));
                register(channel);
                connected(channel);
            }
        });
        register(listener);
        var bound = listener.bind(address);
        while (!bound.isDone()) {
            loop.runNow();
        }
        if (!bound.isSuccess()) {
            throw new ListenException(bound.cause());
        }
        return listener.localAddress();
    }

    /** An address cannot be listened at. */
    static final class ListenException extends Exception {
        private static final long serialVersionUID = 1L;

        ListenException(Throwable cause) {
            super(cause.getMessage(), cause);
        }
    }

    void stopListening() {
        if (listener != null) {
            listener.close();
        }
    }

    /** A new connection, on its way; what becomes of it the owner hears. */
    Connection connect(SocketAddress address, Connection.Owner owner, BiConsumer<Connection, String> prepared) {
        Channel channel = options.io().socket(options.unix());
        Connection connection = adopt(channel, owner);
        prepared.accept(connection, String.valueOf(address));
        register(channel);
        var connected = channel.connect(address);
        connected.addListener(_ -> {
            if (connected.isSuccess()) {
                connected(channel);
                connection.handshake().hello();
            } else {
                channel.pipeline().fireExceptionCaught(connected.cause());
            }
        });
        return connection;
    }

    /** What only a connection can be told. */
    private void connected(Channel channel) {
        Optional<CongestionControl> control = options.congestionControl();
        if (options.io() != NettyIo.NIO || control.isEmpty()) {
            return;
        }
        boolean set = control.get().set(channel.localAddress(), channel.remoteAddress());
        if (!set && options.congestionAsked()) {
            channel.pipeline().fireExceptionCaught(new IOException(
                    "congestion control '" + control.get().name() + "' cannot be set for a socket of nio here"));
        }
    }

    private void register(Channel channel) {
        channel.unsafe().register(loop, new DefaultChannelPromise(channel, loop));
    }

    private Connection adopt(Channel channel, Connection.Owner owner) {
        ChannelConfig config = channel.config();
        config.setConnectTimeoutMillis(0); // a scheduled task would keep the loop from ever blocking
        config.setWriteBufferWaterMark(new WriteBufferWaterMark(Integer.MAX_VALUE - 1, Integer.MAX_VALUE));
        if (!options.unix()) {
            config.setOption(ChannelOption.TCP_NODELAY, options.noDelay());
        }
        if (options.sendBuffer() > 0) {
            config.setOption(ChannelOption.SO_SNDBUF, options.sendBuffer());
        }
        if (options.receiveBuffer() > 0) {
            config.setOption(ChannelOption.SO_RCVBUF, options.receiveBuffer());
        }
        if (options.busyPoll() > 0) {
            config.setOption(options.io().busyPoll(), options.busyPoll());
        }
        if (options.io() != NettyIo.NIO) {
            options.congestionControl().ifPresent(control -> control.set(config));
        }
        Connection connection = new Connection(channel, options.io().calls(channel), owner, sources, ringBytes());
        known.add(connection);
        return connection;
    }

    /** Takes a connection whose handshake is over into use. */
    void add(Connection connection) {
        connections[connection.peer()][connection.number()] = connection;
        missing--;
        Connection[] more = new Connection[all.length + 1];
        System.arraycopy(all, 0, more, 0, all.length);
        more[all.length] = connection;
        all = more;
    }

    /** Whether all connections to all peers are in use. */
    boolean complete() {
        return missing == 0;
    }

    /** Whether all connections to {@code peer} are in use. */
    boolean complete(int peer) {
        for (Connection connection : connections[peer]) {
            if (connection == null) {
                return false;
            }
        }
        return true;
    }

    /** The connection of a wire; null before the handshake. */
    Connection connection(int peer, int channel) {
        Connection[] some = connections[peer];
        return some.length == 1 ? some[0] : some[channel % some.length];
    }

    /** All connections in use. */
    Connection[] all() {
        return all;
    }

    /** Connections that are not in use, alive or over. */
    List<Connection> others() {
        return known.stream().filter(connection -> !connection.established()).toList();
    }

    /** Forgets connections that are over and were never in use. */
    void tidy() {
        known.removeIf(connection -> {
            boolean gone = connection.over()
                    && !connection.established()
                    && !connection.channel().isRegistered()
                    && !connection.channel().isOpen();
            if (gone) {
                connection.free();
            }
            return gone;
        });
    }

    /** Sends what waits, and reads what has come. Does not block. */
    void pump() {
        boolean quiet = true;
        for (Connection connection : all) {
            connection.transfers().serve();
            Outbound outbound = connection.outbound();
            if (outbound.waiting()) {
                outbound.flush();
            }
            quiet &= outbound.empty();
        }
        if (quiet && readable != null && ++polls < POLLS_PER_RUN) {
            for (Connection connection : all) {
                connection.poll(readable);
            }
        } else {
            polls = 0;
            loop.runNow();
        }
    }

    /** As {@link #pump}, but waits up to {@code nanos} for something to happen. */
    void await(long nanos) {
        for (Connection connection : all) {
            connection.transfers().serve();
            connection.outbound().flush();
        }
        loop.run(nanos, 0);
    }

    /** Whether everything is with the operating system. */
    boolean drained() {
        for (Connection connection : all) {
            if (!connection.outbound().empty() || !connection.transfers().served()) {
                return false;
            }
        }
        return true;
    }

    /**
     * Sends what was said last, and listens until the peers have heard it or {@code nanos} have passed: a socket that is
     * closed with something unread may take back what was sent.
     *
     * @param silent not waited for
     */
    void linger(long nanos, int silent) {
        long start = System.nanoTime();
        for (Connection connection : known) {
            connection.mute();
        }
        boolean busy = true;
        while (busy && System.nanoTime() - start < nanos) {
            busy = false;
            for (Connection connection : all) {
                if (connection.channel().isActive()) {
                    busy |= connection.peer() != silent;
                    connection.outbound().flush();
                    if (connection.outbound().empty()
                            && connection.channel() instanceof DuplexChannel duplex
                            && !duplex.isOutputShutdown()) {
                        duplex.shutdownOutput();
                    }
                }
            }
            loop.run(TimeUnit.MILLISECONDS.toNanos(1), 0);
        }
    }

    /** Closes all sockets and the loop; afterwards nothing of this rank reads or writes memory. */
    void close() {
        stopListening();
        known.forEach(Connection::close);
        while (!loop.isShuttingDown() && known.stream().anyMatch(each -> each.channel().isRegistered())) {
            loop.run(TimeUnit.MILLISECONDS.toNanos(1), 0);
        }
        loop.shutdownGracefully(0, 0, TimeUnit.NANOSECONDS);
        while (!loop.isTerminated()) {
            loop.runNow();
        }
        known.forEach(Connection::free);
        FastThreadLocal.removeAll();
    }
}
