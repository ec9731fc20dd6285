package org.fabricmark.transport;

import java.util.Optional;
import java.util.Set;

/**
 * One rank's attachment to the fabric: it carries puts, gets and signals to and from the other ranks, and knows nothing of
 * collectives.
 *
 * <p><b>Wires.</b> A wire is the ordered path (this rank, peer, channel). Transfers and bumps on one wire take effect at the
 * peer in the order in which they were issued; nothing is ordered between wires. A gather is several puts, the last one with
 * the signal.
 *
 * <p><b>Back-pressure.</b> {@link #put}, {@link #notifyPeer} and {@link #get} return false when the wire has no room now;
 * then nothing has happened, and the caller runs other channels and {@link #progress} before it tries again. Receiving never
 * needs room: there is always a landing place.
 *
 * <p><b>Progress</b> happens only inside calls. A waiting caller calls {@link #progress} at least every
 * {@link #pollsPerProgress} polls; before a collective call returns it waits for {@link #drained}.
 *
 * <p><b>Failure</b> is a {@link FabricException} with category and facts; the attachment is then unusable except for
 * {@link #abort}, {@link #aborted} and {@link #close}. Deadlines of waits belong to the caller; the collective methods of this
 * interface ({@link #allocate}, {@link #allocateSignals}, {@link #close}) have the deadline of the {@link TransportContext}.
 *
 * <p><b>Thread rule.</b> One thread, the rank's, opens the attachment, makes all calls and closes it.
 *
 * @implSpec The step path ({@link #put}, {@link #notifyPeer}, {@link #get}, {@link #flushed}, {@link #arrived},
 *     {@link #drained}) must not block, and must not check bounds that the binder has checked. A peer's part of a region must
 *     accept data until every rank has closed it.
 * @implNote On shared memory the step path allocates nothing and makes no system call. Over sockets it may do both; the cost is
 *     measured and reported.
 */
public interface Transport extends AutoCloseable {
    /** This rank. */
    int rank();

    /** How many ranks. */
    int size();

    /** Name with the options that are not at their defaults, for messages and results: {@code shm?direct=no}. */
    String name();

    /** What works between this rank and {@code peer}; both ends answer the same. For the rank itself: everything. */
    Set<Capability> capabilities(int peer);

    /**
     * Allocates {@code bytes} bytes on every rank. Collective: all ranks call it with the same argument at the same place in
     * their sequence of calls; returns when every part is ready to be accessed.
     *
     * @throws FabricException {@code NO_ROOM} when memory is short, on every rank
     * @throws IllegalArgumentException when {@code bytes} is below 1
     */
    Region allocate(long bytes);

    /** Allocates signals 0 to {@code signals} (exclusive) on every rank; collective, and failing, as {@link #allocate}. */
    SignalTable allocateSignals(int signals);

    /**
     * Registers private memory of this rank, so that puts and gets reach it where it is; nothing when private memory has to be copied
     * into a {@link Region}. The same answer on every rank.
     */
    default Optional<Registrar> registrar() {
        return Optional.empty();
    }

    /**
     * Writes {@code bytes} bytes of this rank's memory into {@code peer}'s. The source may be read until {@link #flushed}.
     *
     * @param peer another rank
     * @param channel which wire, 0 or more
     * @param from source, a {@link Bindable#reference} on this rank
     * @param to destination, a {@link Region#reference} on the peer
     * @param bytes how many, at least 1
     * @return false for back-pressure
     */
    boolean put(int peer, int channel, long from, long to, long bytes);

    /**
     * As {@link #put}, and then raises a signal: once the peer's {@link #arrived} has confirmed {@code total}, these bytes and
     * those of all earlier puts on this wire are at their destination.
     *
     * @param signal {@link SignalTable#outgoing} of the peer
     * @param total what the counter becomes: one more than after the previous bump
     * @param soleBump the counter is raised just once between two points that order all accesses of both ranks before all
     *     later ones, and the peer confirms this very bump before it looks at these bytes: no bump that follows on this wire
     *     is taken for word of them, not even by another call that shares the wire. So the data may travel within the signal
     */
    boolean putAndNotify(
            int peer, int channel, long from, long to, long bytes, long signal, long total, boolean soleBump);

    /** Raises a signal without data; parameters, order and answer as {@link #putAndNotify}. */
    boolean notifyPeer(int peer, int channel, long signal, long total);

    /**
     * Reads {@code bytes} bytes of {@code peer}'s memory into this rank's; they are there when {@link #flushed} says so.
     *
     * @param from source, a {@link Region#reference} on the peer
     * @param to destination, a {@link Bindable#reference} on this rank
     * @return false for back-pressure
     */
    boolean get(int peer, int channel, long from, long to, long bytes);

    /** Whether sources of all puts on {@code channel} may be reused and destinations of all its gets are filled. */
    boolean flushed(int channel);

    /**
     * Whether a counter of this rank has reached {@code total}, and what its wire carried before that bump is in place. The
     * caller asks for each total of a counter that it waits for, in increasing order, until it is told so once.
     *
     * @param signal {@link SignalTable#incoming}
     */
    boolean arrived(long signal, long total);

    /** Whether everything issued so far reaches the peers without another call on this side. */
    boolean drained();

    /** Moves what can be moved now; does not block. */
    void progress();

    /**
     * What a waiting caller does, now and then, that shares its core with other ranks: it lets them run, and comes back when there may
     * be something for it, at most some milliseconds later.
     *
     * @return whether this was {@link #progress} too
     * @implSpec Gives the core away and returns when the system gives it back. A transport that the system wakes sleeps instead.
     */
    default boolean rest() {
        Thread.yield();
        return false;
    }

    /** How many failed polls a waiting caller may make between two calls of {@link #progress}; at least 1. */
    int pollsPerProgress();

    /**
     * Ends the job: every rank's {@link #aborted} will answer with this failure, or with another one that came first. Does not
     * block and does not throw for a peer that cannot be told.
     */
    void abort(Failure failure);

    /**
     * Why the job was ended, once it has been. Cheap, but not for every poll.
     *
     * @implSpec When no rank has ended the job, but the {@link TransportContext#watch} knows why it must end, the transport
     *     aborts with that. Its own waits do the same.
     */
    Optional<Failure> aborted();

    /**
     * Which rank has stopped, when a wait for {@code peer} has lasted too long. Ranks wait for each other in chains: whoever notices
     * first may wait for one that only waits too.
     *
     * @return a rank that gives no sign of life, {@code peer} if it is among them; {@code peer} too when all do, or when this
     *     transport cannot tell
     * @implSpec May take a tenth of a second. A rank that calls {@link #progress} shows that it lives, as do the waits of this
     *     interface; {@link #aborted} does not count.
     */
    default int silentRank(int peer) {
        return peer;
    }

    /**
     * Leaves the job. A barrier: returns when all ranks have come here, so that a peer's last transfers find their memory; but
     * does not wait once the job is aborted. Closes all regions and signal tables, and leaves no thread, file or socket, also
     * when it throws. Closing twice does nothing.
     *
     * @throws FabricException {@code LINK_LOST} when a rank has not come within the deadline
     */
    @Override
    void close();
}
