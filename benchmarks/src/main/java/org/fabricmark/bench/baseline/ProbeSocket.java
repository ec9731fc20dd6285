package org.fabricmark.bench.baseline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ByteChannel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;

/**
 * Connected sockets of one host: the JDK's, with nothing in between, to find out what a system call for each message allows. Those of
 * TCP do not pace, where that can be switched off.
 * Two threads of a process, or two processes, get one end each: one listens and tells the other a number, which connects.
 *
 * <p>Thread rule: none for making them; each end belongs to one thread.
 */
public final class ProbeSocket {
    private static final Path DIRECTORY = Path.of("/tmp");

    private ProbeSocket() {}

    /** Kinds of streams. */
    public enum Kind {
        /** TCP over the loopback device. */
        TCP,
        /** Sockets of the Unix domain. */
        UNIX
    }

    /** A socket that waits for one other; close it when that is there. */
    public static final class Listener implements AutoCloseable {
        private final Kind kind;
        private final long number;
        private final ServerSocketChannel channel;

        /** Listens, at the loopback address or at a file in {@code /tmp}. */
        public Listener(Kind kind) {
            this.kind = kind;
            try {
                if (kind == Kind.TCP) {
                    channel = ServerSocketChannel.open().bind(anyPort());
                    number = ((InetSocketAddress) channel.getLocalAddress()).getPort();
                } else {
                    number = new SecureRandom().nextLong() | 1;
                    channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(address(kind, number));
                }
            } catch (IOException e) {
                throw new UncheckedIOException("cannot listen for a probe", e);
            }
        }

        /** What {@link ProbeSocket#connect} needs; never 0. */
        public long number() {
            return number;
        }

        /**
         * The end of this side, once the other one has connected.
         *
         * @param check called while it has not; ends the wait by an exception
         */
        public ByteChannel accept(Runnable check) {
            try {
                channel.configureBlocking(false);
                SocketChannel accepted = channel.accept();
                while (accepted == null) {
                    check.run();
                    Thread.yield();
                    accepted = channel.accept();
                }
                return prepared(kind, accepted);
            } catch (IOException e) {
                throw new UncheckedIOException("no connection for a probe", e);
            }
        }

        @Override
        public void close() {
            try (channel) {
                if (kind == Kind.UNIX) {
                    Files.deleteIfExists(file(number));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The other end of a {@link Listener}. */
    public static ByteChannel connect(Kind kind, long number) {
        try {
            return prepared(kind, SocketChannel.open(address(kind, number)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot connect for a probe", e);
        }
    }

    private static SocketChannel prepared(Kind kind, SocketChannel channel) throws IOException {
        if (kind == Kind.TCP) {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            LoopbackPacing.leaveOff(channel);
        }
        return channel;
    }

    private static Path file(long number) {
        return DIRECTORY.resolve("fabricmark-probe-%016x".formatted(number));
    }

    private static SocketAddress address(Kind kind, long number) {
        return kind == Kind.TCP
                ? new InetSocketAddress(InetAddress.getLoopbackAddress(), (int) number)
                : UnixDomainSocketAddress.of(file(number));
    }

    private static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    /** Both ends, in this process. */
    static List<ByteChannel> pair(Kind kind) {
        try (Listener listener = new Listener(kind)) {
            return List.of(connect(kind, listener.number()), listener.accept(() -> {}));
        }
    }

    /** Two datagram sockets, each connected to the other. */
    static List<ByteChannel> datagramPair() {
        try {
            DatagramChannel first = DatagramChannel.open().bind(anyPort());
            DatagramChannel second = DatagramChannel.open().bind(anyPort());
            first.connect(second.getLocalAddress());
            second.connect(first.getLocalAddress());
            return List.of(first, second);
        } catch (IOException e) {
            throw new UncheckedIOException("no pair of datagram sockets", e);
        }
    }

    /** Whether reads and writes of {@code end} wait, or return at once. */
    static void block(ByteChannel end, boolean blocking) {
        try {
            ((SelectableChannel) end).configureBlocking(blocking);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
