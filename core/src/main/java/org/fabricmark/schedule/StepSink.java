package org.fabricmark.schedule;

/**
 * Receives a schedule as primitive calls, so that emitting one creates no objects: a {@link Schedule} is what one sink
 * builds; others only count, or simulate.
 *
 * <p>Operands come before their operation: any number of {@link #source} and {@link #target} calls, then one of
 * {@link #put}, {@link #get}, {@link #reduce}, {@link #copy}, {@link #multicast}, which uses them up. Operands of zero
 * elements are allowed: a put of nothing is a bump only, every other operation on nothing is no step at all; so the causal
 * structure of a schedule does not depend on the count.
 */
public interface StepSink {
    /** The steps that follow belong to {@code channel} (0-based); a schedule starts on channel 0. */
    void channel(int channel);

    /** Adds a source operand for the next operation. */
    void source(int rank, Space space, long offset, long count);

    /** Adds a target operand for the next operation. */
    void target(int rank, Space space, long offset, long count);

    /** {@link Step.Put}: all sources, gathered, into the one target; {@code signal} may be {@link Step#NO_SIGNAL}. */
    void put(int signal);

    /** {@link Step.Get}: the one source into all targets. */
    void get();

    /** {@link Step.Reduce}: all sources into all targets; a single source makes it a {@link #multicast}. */
    void reduce(boolean finish);

    /** {@link Step.Copy}: source i to target i. */
    void copy();

    /** {@link Step.Multicast}: the one source to all targets. */
    void multicast();

    /** {@link Step.Notify}. */
    void notifyPeer(int peer, int signal);

    /** {@link Step.Await}. */
    void await(int peer, int signal, int times);

    /** {@link Step.Flush}. */
    void flush();
}
