package org.fabricmark.bench.baseline;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import org.fabricmark.system.SocketDescriptor;

/**
 * The congestion control of the JDK's sockets, which have no option for it. A kernel's default may space what it sends by a timer
 * (BBR does); over the loopback device that more than doubles the time of a message, and a limit that waits for a timer is none.
 *
 * <p>Where it cannot be set the system's choice stands, and the limit is one for this choice.
 */
final class LoopbackPacing {
    /** Does not pace; every Linux has it, and every user may choose it. */
    private static final String RENO = "reno";

    private LoopbackPacing() {}

    /**
     * Switches pacing off for a connected socket.
     *
     * @return whether that could be done
     */
    static boolean leaveOff(SocketChannel channel) throws IOException {
        try {
            return SocketDescriptor.congestionControl(channel.getLocalAddress(), channel.getRemoteAddress(), RENO);
        } catch (UnsupportedOperationException e) {
            return false; // native calls are not allowed: as documented
        }
    }
}
