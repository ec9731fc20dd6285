package org.fabricmark.transport.netty;

import io.netty.channel.ChannelConfig;
import io.netty.channel.unix.RawUnixChannelOption;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.fabricmark.system.SocketDescriptor;

/**
 * How TCP finds out how fast it may send. On the loopback device there is nothing to find out: it has no queue that could be too
 * long, and loses nothing. A control that paces, as BBR does, then only makes data wait.
 *
 * @param name as the kernel calls it
 */
record CongestionControl(String name) {
    /** It does not pace; every kernel has it, and every user may choose it. */
    private static final CongestionControl RENO = new CongestionControl("reno");

    private static final Path AVAILABLE = Path.of("/proc/sys/net/ipv4/tcp_available_congestion_control");

    /** From {@code linux/in.h} and {@code linux/tcp.h}. */
    private static final int IPPROTO_TCP = 6;

    private static final int TCP_CONGESTION = 13;

    /** What this kernel has; nothing where that cannot be told. */
    static List<String> available() {
        try {
            return List.of(Files.readString(AVAILABLE).trim().split("\\s+"));
        } catch (IOException e) {
            return List.of(); // no Linux
        }
    }

    /** What suits ranks that listen at {@code host}; empty to leave it to the system. */
    static Optional<CongestionControl> suitedTo(String host) {
        try {
            boolean local = InetAddress.getByName(host).isLoopbackAddress();
            return local && available().contains(RENO.name) ? Optional.of(RENO) : Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.empty(); // listening there says what is wrong
        }
    }

    /** Sets it for a socket of epoll or io_uring, connected or not. */
    void set(ChannelConfig config) {
        ByteBuffer value = ByteBuffer.allocateDirect(name.length());
        value.put(name.getBytes(StandardCharsets.US_ASCII)).flip();
        config.setOption(
                new RawUnixChannelOption("TCP_CONGESTION", IPPROTO_TCP, TCP_CONGESTION, name.length()), value);
    }

    /**
     * Sets it for a connection of the JDK's, which have no option for it.
     *
     * @return false where the system or its user does not allow that
     */
    boolean set(SocketAddress local, SocketAddress remote) {
        try {
            return SocketDescriptor.congestionControl(local, remote, name);
        } catch (UnsupportedOperationException e) {
            return false; // native calls are not allowed
        }
    }
}
