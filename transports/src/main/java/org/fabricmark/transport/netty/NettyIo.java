package org.fabricmark.transport.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoEvent;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoEvent;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.nio.NioIoOps;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.Socket;
import io.netty.channel.unix.UnixChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringDomainSocketChannel;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerDomainSocketChannel;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import org.fabricmark.transport.Availability;

/** The ways to the sockets of the operating system. */
enum NettyIo {
    /** The JDK's own channels and selectors: everywhere. */
    NIO("nio") {
        private final NioIoEvent readable = () -> NioIoOps.READ;

        @Override
        Availability availability() {
            return Availability.available();
        }

        @Override
        IoHandlerFactory handlers() {
            return NioIoHandler.newFactory();
        }

        @Override
        Channel socket(boolean unix) {
            return unix ? new NioDomainSocketChannel() : new NioSocketChannel();
        }

        @Override
        ServerChannel listener(boolean unix) {
            return unix ? new NioServerDomainSocketChannel() : new NioServerSocketChannel();
        }

        @Override
        SocketAddress unixAddress(Path path) {
            return UnixDomainSocketAddress.of(path);
        }

        @Override
        IoEvent readable() {
            return readable;
        }

        @Override
        ChannelOption<Integer> busyPoll() {
            return null;
        }
    },

    /** Linux' epoll, through Netty's native code. */
    EPOLL("epoll") {
        private final EpollIoEvent readable = () -> EpollIoOps.EPOLLIN;

        @Override
        Availability availability() {
            return Epoll.isAvailable() ? Availability.available() : absent(Epoll.unavailabilityCause());
        }

        @Override
        IoHandlerFactory handlers() {
            return EpollIoHandler.newFactory();
        }

        @Override
        Channel socket(boolean unix) {
            return unix ? new EpollDomainSocketChannel() : new EpollSocketChannel();
        }

        @Override
        ServerChannel listener(boolean unix) {
            return unix ? new EpollServerDomainSocketChannel() : new EpollServerSocketChannel();
        }

        @Override
        SocketAddress unixAddress(Path path) {
            return new DomainSocketAddress(path.toFile());
        }

        @Override
        IoEvent readable() {
            return readable;
        }

        @Override
        ChannelOption<Integer> busyPoll() {
            return EpollChannelOption.SO_BUSY_POLL;
        }

        @Override
        Optional<SocketCalls> calls(Channel channel) {
            return Optional.of(SocketCalls.of((Socket) ((UnixChannel) channel).fd()));
        }
    },

    /** Linux' io_uring, through Netty's native code. */
    IO_URING("io_uring") {
        @Override
        Availability availability() {
            return IoUring.isAvailable() ? Availability.available() : absent(IoUring.unavailabilityCause());
        }

        @Override
        IoHandlerFactory handlers() {
            return IoUringIoHandler.newFactory();
        }

        @Override
        Channel socket(boolean unix) {
            return unix ? new IoUringDomainSocketChannel() : new IoUringSocketChannel();
        }

        @Override
        ServerChannel listener(boolean unix) {
            return unix ? new IoUringServerDomainSocketChannel() : new IoUringServerSocketChannel();
        }

        @Override
        SocketAddress unixAddress(Path path) {
            return new DomainSocketAddress(path.toFile());
        }

        @Override
        IoEvent readable() {
            return null;
        }

        @Override
        ChannelOption<Integer> busyPoll() {
            return null;
        }
    };

    private final String label;

    NettyIo(String label) {
        this.label = label;
    }

    /** As it is written in an option. */
    String label() {
        return label;
    }

    /** Whether it works here; loads native code. */
    abstract Availability availability();

    /** Makes what drives an event loop. */
    abstract IoHandlerFactory handlers();

    /** A new socket, not connected. */
    abstract Channel socket(boolean unix);

    /** A new listening socket, not bound. */
    abstract ServerChannel listener(boolean unix);

    /** The address of a Unix-domain socket, of the type that its channels take. */
    abstract SocketAddress unixAddress(Path path);

    /**
     * What a channel's handle is told so that it tries to read without having been asked whether there is anything; null
     * where reads are always under way.
     */
    abstract IoEvent readable();

    /** The option of a channel that lets the kernel poll the network device; null where there is none. */
    abstract ChannelOption<Integer> busyPoll();

    /** The system calls of a channel's socket; empty where it has none that may be made past it. */
    Optional<SocketCalls> calls(Channel channel) {
        return Optional.empty();
    }

    private static Availability absent(Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return Availability.absent(String.valueOf(root.getMessage()).lines().findFirst().orElse(""));
    }
}
