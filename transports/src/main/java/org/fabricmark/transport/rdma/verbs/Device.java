package org.fabricmark.transport.rdma.verbs;

/**
 * An RDMA device, real or emulated. Thread rule: any thread.
 */
public interface Device {
    /** As the system calls it: {@code mlx5_0}; {@code loopback0}. */
    String name();

    /** Who makes it work; results carry this name. */
    VerbsProvider provider();

    /** A new context; each opening gives another one. */
    Context open();
}
