package org.fabricmark.transport.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.RawUnixChannelOption;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.fabricmark.system.SocketDescriptor;
import org.fabricmark.transport.Availability;
import org.fabricmark.transport.TransportSpec;
import org.junit.jupiter.api.Test;

/** What is asked of the kernel arrives there, and only where ranks are on one host. */
class CongestionControlTest {
    /** From {@code linux/in.h} and {@code linux/tcp.h}; names have at most 16 bytes. */
    private static final RawUnixChannelOption OPTION = new RawUnixChannelOption("TCP_CONGESTION", 6, 13, 16);

    @Test
    void shouldSetEachControlThatTheKernelHas() {
        assumeTrue(Epoll.isAvailable(), "epoll is absent");
        List<String> available = CongestionControl.available();
        assumeTrue(available.size() > 1, "this kernel has one control, so that setting it shows nothing: " + available);
        for (String name : available) {
            EpollSocketChannel channel = new EpollSocketChannel();
            try {
                new CongestionControl(name).set(channel.config());
                assertEquals(name, controlOf(channel));
            } finally {
                channel.unsafe().closeForcibly();
            }
        }
    }

    @Test
    void shouldSetItForAConnectionOfTheJdk() throws IOException {
        assumeTrue(Epoll.isAvailable(), "epoll is absent");
        try (ServerSocketChannel listener =
                ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                SocketChannel one = SocketChannel.open(listener.getLocalAddress());
                SocketChannel other = listener.accept()) {
            for (String name : CongestionControl.available()) {
                for (SocketChannel end : List.of(one, other)) {
                    SocketAddress local = end.getLocalAddress();
                    assertTrue(new CongestionControl(name).set(local, end.getRemoteAddress()), name);
                    assertEquals(name, controlOf(SocketDescriptor.of(local, end.getRemoteAddress()).orElseThrow()));
                }
            }
            assertFalse(new CongestionControl("none").set(one.getLocalAddress(), one.getRemoteAddress()));
            assertFalse(new CongestionControl("reno").set(listener.getLocalAddress(), listener.getLocalAddress()));
        }
    }

    @Test
    void shouldPaceNothingOnTheLoopbackDeviceOnly() {
        assumeTrue(CongestionControl.available().contains("reno"), "no Linux");
        assertEquals(Optional.of(new CongestionControl("reno")), CongestionControl.suitedTo("127.0.0.1"));
        assertEquals(Optional.empty(), CongestionControl.suitedTo("192.0.2.1"));
    }

    @Test
    void shouldBeAbsentWhereItCannotBeSet() {
        assumeTrue(Epoll.isAvailable(), "epoll is absent");
        assertReason("netty?socket=unix&congestion=reno", "only tcp can have congestion");
        assertReason("netty?io=epoll&congestion=fast", "congestion control 'fast' is none of this kernel's");
    }

    private static void assertReason(String spec, String reason) {
        Availability found = NettyOptions.of(TransportSpec.parse(spec)).availability();
        assertFalse(found instanceof Availability.Available, spec);
        assertTrue(found.toString().contains(reason), found.toString());
    }

    /** As Netty reads it, which leaves the socket of the JDK's open. */
    private static String controlOf(int descriptor) {
        return controlOf(new EpollSocketChannel(descriptor));
    }

    private static String controlOf(EpollSocketChannel channel) {
        ByteBuffer value = channel.config().getOption(OPTION);
        return StandardCharsets.US_ASCII.decode(value).toString().trim().replace("\0", "");
    }
}
