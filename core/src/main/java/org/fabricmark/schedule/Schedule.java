package org.fabricmark.schedule;

import java.util.List;
import org.fabricmark.collective.Shape;

/**
 * All steps of one rank for one shape: immutable data. The engine runs it, the verifier proves it together with the
 * schedules of the other ranks, simulation predicts it.
 *
 * <p>A <em>channel</em> is a list of steps that runs in order; channels of one rank are interleaved freely. A <em>wire</em>
 * is the ordered path (source, destination, channel) of puts and bumps. There is no conditional step and no wait for
 * one of several events, so a schedule is a Kahn network: the n-th bump of a signal is the same event in every interleaving.
 *
 * @param algorithm name of the algorithm that emitted it
 * @param shape what it was emitted for
 * @param rank whose steps
 * @param channels steps, channel by channel
 * @param scratchElements elements of {@link Space#SCRATCH} that any rank's steps may touch on this rank
 * @param signals signal indices are below this number
 */
public record Schedule(
        String algorithm, Shape shape, int rank, List<List<Step>> channels, long scratchElements, int signals) {

    public Schedule {
        channels = channels.stream().map(List::copyOf).toList();
        if (scratchElements < 0 || signals < 0) {
            throw new IllegalArgumentException("scratchElements=" + scratchElements + " signals=" + signals);
        }
    }

    /** Steps of all channels together. */
    public int steps() {
        return channels.stream().mapToInt(List::size).sum();
    }
}
