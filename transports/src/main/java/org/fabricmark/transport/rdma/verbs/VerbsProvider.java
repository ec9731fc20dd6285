package org.fabricmark.transport.rdma.verbs;

import java.util.List;
import org.fabricmark.transport.Availability;

/**
 * Makes devices. Programs meet providers by {@link VerbsProviders} and never by their classes, so that they run on another one
 * unchanged.
 *
 * <p>Thread rule: stateless, any thread.
 *
 * @implSpec Loading the class and all methods but {@link #devices} must work on every machine.
 */
public interface VerbsProvider {
    /** Its name: {@code loopback}. */
    String name();

    /** One line for a user who chooses. */
    String description();

    /** Whether it works here, found out without side effects. */
    Availability availability();

    /** Whether times measured over it say something about software only, and must be shown so. */
    boolean emulated();

    /**
     * The devices that a program on {@code fabric} can open.
     *
     * @throws VerbsException {@code EINVAL} for what the provider cannot do
     */
    List<Device> devices(FabricSpec fabric);
}
