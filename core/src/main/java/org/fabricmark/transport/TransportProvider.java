package org.fabricmark.transport;

import java.util.List;
import java.util.Optional;
import org.fabricmark.transport.anatomy.Anatomy;

/**
 * Makes one kind of transport; found by {@link java.util.ServiceLoader} through {@link Transports}.
 *
 * <p>Thread rule: stateless, any thread; {@link #open} on the thread of the rank.
 *
 * @implSpec Loading the class and all methods but {@link #open} must work on every machine, with native parts absent too.
 */
public interface TransportProvider {
    /** The name on the command line and in results: lower-case letters. */
    String name();

    /** One line for a user who chooses. */
    String description();

    /** All options, in the order in which they are listed. */
    List<TransportOption> options();

    /** Whether it works here, found out without side effects, within milliseconds. */
    Availability availability();

    /**
     * Whether it works here with the options of {@code spec}, which are {@linkplain TransportSpec#check checked}.
     *
     * @implSpec What an option needs beyond the rest is asked here; by default nothing.
     */
    default Availability availability(TransportSpec spec) {
        return availability();
    }

    /** What carries the bytes with the options of {@code spec}, which are {@linkplain TransportSpec#check checked}. */
    default Medium medium(TransportSpec spec) {
        return Medium.MEMORY;
    }

    /**
     * What must stand beside every number that is measured over it with the options of {@code spec}: that a device is emulated, say, or
     * times are modelled.
     */
    default Optional<String> remark(TransportSpec spec) {
        return Optional.empty();
    }

    /**
     * What operations over a transport of {@code spec}, which is {@linkplain TransportSpec#check checked}, are made of, from a fresh
     * start.
     *
     * @return nothing when it does not say
     */
    default Optional<Anatomy> anatomy(TransportSpec spec) {
        return Optional.empty();
    }

    /**
     * Attaches one rank; returns when all ranks are attached.
     *
     * @throws FabricException {@code LINK_LOST} when a rank does not come within the deadline, {@code NO_ROOM} when memory is
     *     short, {@code PROGRAM_WRONG} when the ranks do not agree
     */
    Transport open(TransportContext context);
}
