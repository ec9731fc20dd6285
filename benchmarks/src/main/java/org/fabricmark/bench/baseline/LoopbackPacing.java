package org.fabricmark.bench.baseline;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.fabricmark.system.CLibrary;

/**
 * The congestion control of the JDK's sockets, which have no option for it. A kernel's default may space what it sends by a timer
 * (BBR does); over the loopback device that more than doubles the time of a message, and a limit that waits for a timer is none.
 *
 * <p>The descriptor of a channel is found by its two ports in Linux' table of connections. Where that is not possible the system's choice
 * stands, and the limit is one for this choice.
 */
final class LoopbackPacing {
    /** Does not pace; every Linux has it, and every user may choose it. */
    private static final String RENO = "reno";

    private static final List<Path> TABLES = List.of(Path.of("/proc/self/net/tcp"), Path.of("/proc/self/net/tcp6"));
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    /** Columns of a table of connections. */
    private static final int LOCAL = 1;

    private static final int REMOTE = 2;
    private static final int INODE = 9;

    private LoopbackPacing() {}

    /**
     * Switches pacing off for a connected socket.
     *
     * @return whether that could be done
     */
    static boolean leaveOff(SocketChannel channel) throws IOException {
        Optional<Integer> descriptor = descriptor(
                port((InetSocketAddress) channel.getLocalAddress()),
                port((InetSocketAddress) channel.getRemoteAddress()));
        try {
            return descriptor.isPresent() && CLibrary.congestionControl(descriptor.get(), RENO);
        } catch (UnsupportedOperationException e) {
            return false; // native calls are not allowed: as documented
        }
    }

    /** As the tables end their addresses. */
    private static String port(InetSocketAddress address) {
        return ":%04X".formatted(address.getPort());
    }

    private static Optional<Integer> descriptor(String local, String remote) throws IOException {
        for (Path table : TABLES) {
            if (Files.isReadable(table)) {
                for (String line : Files.readAllLines(table)) {
                    String[] fields = line.trim().split("\\s+");
                    if (fields.length > INODE && fields[LOCAL].endsWith(local) && fields[REMOTE].endsWith(remote)) {
                        return withInode(fields[INODE]);
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Integer> withInode(String inode) throws IOException {
        Path socket = Path.of("socket:[" + inode + "]");
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(DESCRIPTORS)) {
            for (Path descriptor : descriptors) {
                if (Files.isSymbolicLink(descriptor) && target(descriptor).equals(Optional.of(socket))) {
                    return Optional.of(Integer.valueOf(descriptor.getFileName().toString()));
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Path> target(Path descriptor) {
        try {
            return Optional.of(Files.readSymbolicLink(descriptor));
        } catch (IOException e) {
            return Optional.empty(); // another thread has closed it meanwhile
        }
    }
}
