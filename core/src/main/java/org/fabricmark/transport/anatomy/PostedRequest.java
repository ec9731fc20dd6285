package org.fabricmark.transport.anatomy;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One request that a transport posts.
 *
 * @param operation what it asks for, in the words of the interface that it is posted to: {@code RDMA_WRITE}
 * @param peer whom
 * @param bytes of data, in whichever direction
 * @param signal index of the signal that it carries, or {@link #NO_SIGNAL}
 * @param told how the peer is told of the signal: {@code imm = signal 3}; or nothing
 * @param signalled whether its success is reported to this rank
 * @param flags what else it asks for
 * @param atPeer what it completes at the peer, or nothing
 * @param packets what travels for it, in both directions
 */
public record PostedRequest(
        String operation, int peer, long bytes, int signal, Optional<String> told, boolean signalled,
        List<String> flags, Optional<String> atPeer, List<Packets> packets) {
    /** The signal of a request that carries none. */
    public static final int NO_SIGNAL = -1;

    public PostedRequest {
        Objects.requireNonNull(operation, "operation");
        Objects.requireNonNull(told, "told");
        Objects.requireNonNull(atPeer, "atPeer");
        flags = List.copyOf(flags);
        packets = List.copyOf(packets);
    }
}
