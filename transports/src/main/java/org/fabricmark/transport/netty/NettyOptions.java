package org.fabricmark.transport.netty;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.fabricmark.transport.Availability;
import org.fabricmark.transport.TransportOption;
import org.fabricmark.transport.TransportSpec;

/**
 * The options of {@code netty}.
 *
 * @param unix whether sockets are of the Unix domain
 * @param io which way to the sockets
 * @param connections how many between two ranks
 * @param copiedBytes largest put that is copied next to its header
 * @param sendBuffer bytes that the system keeps for sending; 0 as it likes
 * @param receiveBuffer the same for receiving
 * @param noDelay whether a short piece leaves at once
 * @param busyPoll microseconds that the kernel polls the device; 0 not at all
 * @param congestion the congestion control, or {@link #AUTO}
 * @param host address to listen at
 * @param port 0 for any; rank r listens at {@code port + r}
 * @param directory where the ranks of one host find each other
 */
record NettyOptions(
        boolean unix,
        NettyIo io,
        int connections,
        int copiedBytes,
        int sendBuffer,
        int receiveBuffer,
        boolean noDelay,
        int busyPoll,
        String congestion,
        String host,
        int port,
        Path directory) {
    private static final int KIB = 1024;
    private static final String AUTO = "auto";
    private static final String UNIX = "unix";

    private static final TransportOption SOCKET = new TransportOption(
            "socket", new TransportOption.Choice(List.of("tcp", UNIX)), "tcp", "tcp, or unix: sockets of one host");
    private static final TransportOption CONNECTIONS = new TransportOption(
            "connections", new TransportOption.Whole(1, 64), "1",
            "between two ranks; a schedule's channels are spread over them");
    private static final TransportOption COPY = new TransportOption(
            "copy", new TransportOption.Whole(0, 4096), "1024",
            "largest put, in bytes, that is copied next to its header instead of gathered");
    private static final TransportOption SEND_BUFFER = new TransportOption(
            "sendbuffer", new TransportOption.Whole(0, 65_536), "0", "of a socket, in KiB; 0: the system's choice");
    private static final TransportOption RECEIVE_BUFFER = new TransportOption(
            "receivebuffer", new TransportOption.Whole(0, 65_536), "0", "of a socket, in KiB; 0: the system's choice");
    private static final TransportOption NO_DELAY = new TransportOption(
            "nodelay", new TransportOption.YesNo(), "yes", "send a short piece at once; tcp only");
    private static final TransportOption BUSY_POLL = new TransportOption(
            "busypoll", new TransportOption.Whole(0, 1000), "0",
            "microseconds for which the kernel polls the network device; tcp over epoll only");
    private static final TransportOption CONGESTION = new TransportOption(
            "congestion", new TransportOption.Text(), AUTO,
            "congestion control, as the kernel names it; auto: reno between addresses of the loopback device, where nothing "
                    + "is to be paced, else the system's choice; tcp only");
    private static final TransportOption HOST = new TransportOption(
            "host", new TransportOption.Text(), "127.0.0.1", "address to listen at; tcp only");
    private static final TransportOption PORT = new TransportOption(
            "port", new TransportOption.Whole(0, 65_535), "0",
            "0: any; else rank r listens at this port + r; tcp only");
    private static final TransportOption DIR = new TransportOption(
            "dir", new TransportOption.Text(), "/tmp", "directory where the ranks of one host find each other");

    static NettyOptions of(TransportSpec spec) {
        return new NettyOptions(
                spec.value(SOCKET).equals(UNIX),
                io(spec),
                spec.whole(CONNECTIONS),
                spec.whole(COPY),
                spec.whole(SEND_BUFFER) * KIB,
                spec.whole(RECEIVE_BUFFER) * KIB,
                spec.yes(NO_DELAY),
                spec.whole(BUSY_POLL),
                spec.value(CONGESTION),
                spec.value(HOST),
                spec.whole(PORT),
                Path.of(spec.value(DIR)));
    }

    /** Whether all this works together here. */
    Availability availability() {
        if (io.availability() instanceof Availability.Absent(String reason)) {
            return Availability.absent("io=" + io.label() + " is absent: " + reason);
        }
        if (busyPoll > 0 && (unix || io.busyPoll() == null)) {
            return Availability.absent("only tcp over epoll can have busypoll");
        }
        if (!congestion.equals(AUTO) && unix) {
            return Availability.absent("only tcp can have congestion");
        }
        if (!congestion.equals(AUTO) && !CongestionControl.available().contains(congestion)) {
            return Availability.absent("congestion control '" + congestion + "' is none of this kernel's: "
                    + String.join(", ", CongestionControl.available()));
        }
        boolean tcpOnly = port > 0 || !noDelay || !host.equals(HOST.defaultValue());
        return unix && tcpOnly
                ? Availability.absent("sockets of the Unix domain have no host, port or nodelay")
                : Availability.available();
    }

    /** The congestion control to set; empty to leave it to the system. */
    Optional<CongestionControl> congestionControl() {
        if (!congestion.equals(AUTO)) {
            return Optional.of(new CongestionControl(congestion));
        }
        return unix ? Optional.empty() : CongestionControl.suitedTo(host);
    }

    /** Whether the user has asked for a congestion control by its name. */
    boolean congestionAsked() {
        return !congestion.equals(AUTO);
    }

    /** All options; the description of {@code io} says what works here. */
    static List<TransportOption> all() {
        return List.of(
                SOCKET, ioOption(), CONNECTIONS, COPY, SEND_BUFFER, RECEIVE_BUFFER, NO_DELAY, BUSY_POLL, CONGESTION,
                HOST, PORT, DIR);
    }

    private static TransportOption ioOption() {
        List<String> words = new ArrayList<>(List.of(AUTO));
        StringBuilder text = new StringBuilder("way to the sockets; auto: " + automatic().label() + " here");
        for (NettyIo io : NettyIo.values()) {
            words.add(io.label());
            if (io.availability() instanceof Availability.Absent(String reason)) {
                text.append("; ").append(io.label()).append(" is absent: ").append(reason);
            }
        }
        return new TransportOption("io", new TransportOption.Choice(words), AUTO, text.toString());
    }

    private static NettyIo io(TransportSpec spec) {
        String label = spec.given().getOrDefault("io", AUTO);
        return Arrays.stream(NettyIo.values())
                .filter(io -> io.label().equals(label))
                .findFirst()
                .orElseGet(NettyOptions::automatic);
    }

    private static NettyIo automatic() {
        return NettyIo.EPOLL.availability() instanceof Availability.Available ? NettyIo.EPOLL : NettyIo.NIO;
    }
}
