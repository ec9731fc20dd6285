package org.fabricmark.system;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.OptionalInt;

/**
 * The number of a socket that Java keeps to itself: found by asking the numbers in use which of them has the two ports of the connection. Two
 * sockets of one process have the same two only if they are connected to two other hosts.
 *
 * <p>Thread rule: any thread. The number is the socket's for as long as that stays open.
 */
public final class SocketDescriptor {
    /** Above it nobody looks: a process may rarely have more files open. */
    private static final int MOST = 1 << 16;

    /** Where the last one was found: the next one is often near. */
    private static volatile int near;

    private SocketDescriptor() {}

    /**
     * The socket of this process that is connected from {@code local} to {@code remote}; empty where it cannot be found.
     *
     * @throws UnsupportedOperationException where the system cannot do it, or native calls are not allowed
     */
    public static OptionalInt of(SocketAddress local, SocketAddress remote) {
        if (!(local instanceof InetSocketAddress from) || !(remote instanceof InetSocketAddress to)) {
            return OptionalInt.empty();
        }
        int start = near;
        for (int distance = 0; distance < MOST; distance++) {
            for (int descriptor : new int[] {start + distance, start - distance}) {
                if (descriptor >= 0
                        && descriptor < MOST
                        && CLibrary.connects(descriptor, from.getPort(), to.getPort())) {
                    near = descriptor;
                    return OptionalInt.of(descriptor);
                }
            }
        }
        return OptionalInt.empty();
    }

    /**
     * Sets the congestion control of a connection of TCP, for which Java has no option.
     *
     * @param name as the kernel calls it
     * @return false where it is not known which socket it is, or the kernel refuses
     * @throws UnsupportedOperationException where the system cannot do it, or native calls are not allowed
     */
    public static boolean congestionControl(SocketAddress local, SocketAddress remote, String name) {
        OptionalInt descriptor = of(local, remote);
        return descriptor.isPresent() && CLibrary.congestionControl(descriptor.getAsInt(), name);
    }
}
