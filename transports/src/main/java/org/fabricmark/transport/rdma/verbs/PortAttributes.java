package org.fabricmark.transport.rdma.verbs;

/**
 * A port of a device.
 *
 * @param state whether it can be used
 * @param activeMtu largest path MTU that works now
 * @param gidTableLength how many identifiers it may have
 * @param partitionKeyTableLength how many partitions it may be in
 * @param maxMessageBytes of one message
 */
public record PortAttributes(
        State state, PathMtu activeMtu, int gidTableLength, int partitionKeyTableLength, long maxMessageBytes) {
    /** Whether a port can be used. */
    public enum State {
        /** Nothing at the other end. */
        DOWN,
        /** Usable. */
        ACTIVE
    }
}
