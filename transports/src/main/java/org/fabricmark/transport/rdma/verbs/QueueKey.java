package org.fabricmark.transport.rdma.verbs;

/**
 * What a datagram must know to be let in: the {@code Q_Key}.
 *
 * @param value 32 bits; with the highest one set, a sender uses its own queue pair's instead
 */
public record QueueKey(int value) {
    /** Whether a sender that gives this key sends its own queue pair's instead. */
    public boolean privileged() {
        return value < 0;
    }
}
