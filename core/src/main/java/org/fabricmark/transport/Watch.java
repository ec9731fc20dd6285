package org.fabricmark.transport;

import java.util.Optional;

/**
 * What this process hears about the job from outside of it: that a process of another rank was killed, or that the launcher is
 * gone. Nobody in the job can announce such an end, so each rank that has a watch looks at it wherever it looks for an abort, on
 * its own thread, and then aborts the job with it.
 */
@FunctionalInterface
public interface Watch {
    /** Nothing is heard. */
    Watch NONE = Optional::empty;

    /** What has ended the job; once present, it stays. Cheap, and safe on any thread. */
    Optional<Failure> failure();
}
