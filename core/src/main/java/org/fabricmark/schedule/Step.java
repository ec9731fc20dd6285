package org.fabricmark.schedule;

import java.util.List;

/**
 * One instruction of a schedule. One-sided, as RDMA is: a rank writes into or reads from a peer's memory, and a signal tells
 * the peer.
 *
 * <p>Ordering contract: the puts and bumps of one channel to one peer travel on one {@linkplain Schedule wire} in order, and
 * the data of a put are visible before a bump that follows them there. Nothing else is ordered: the source of a put is read
 * by the wire, later than the step, and may change only after {@link Flush} or after an answer that the put's arrival caused.
 */
public sealed interface Step {
    /** The signal of a {@link Put} that bumps none. */
    int NO_SIGNAL = -1;

    /**
     * Gathers local slices into one slice of a peer, then bumps {@code signal} there.
     *
     * @param sources local slices, together as long as {@code target}
     * @param target a slice of another rank
     * @param signal index of the signal at the peer, or {@link #NO_SIGNAL}
     */
    record Put(List<Slice> sources, Slice target, int signal) implements Step {
        public Put {
            sources = List.copyOf(sources);
        }
    }

    /**
     * Reads one slice of a peer into local slices; they are filled when a later {@link Flush} returns.
     *
     * @param source a slice of another rank
     * @param targets local slices, together as long as {@code source}
     */
    record Get(Slice source, List<Slice> targets) implements Step {
        public Get {
            targets = List.copyOf(targets);
        }
    }

    /** Bumps {@code signal} at {@code peer}, without data; {@code peer} may be the rank itself (hand-over to a channel). */
    record Notify(int peer, int signal) implements Step {}

    /** Waits until {@code times} more bumps of ({@code peer}, {@code signal}) have arrived, and consumes them. */
    record Await(int peer, int signal, int times) implements Step {}

    /**
     * Combines the sources element by element from left to right and stores the result to every target.
     *
     * @param targets slices of equal length; one may be the same slice as a source
     * @param sources slices of that length, at least two
     * @param finish whether the result is also divided by the number of ranks
     */
    record Reduce(List<Slice> targets, List<Slice> sources, boolean finish) implements Step {
        public Reduce {
            targets = List.copyOf(targets);
            sources = List.copyOf(sources);
        }
    }

    /** Copies {@code sources[i]} to {@code targets[i]}, pair by pair. */
    record Copy(List<Slice> targets, List<Slice> sources) implements Step {
        public Copy {
            targets = List.copyOf(targets);
            sources = List.copyOf(sources);
        }
    }

    /** Copies one slice to several of its length, reading it once. */
    record Multicast(List<Slice> targets, Slice source) implements Step {
        public Multicast {
            targets = List.copyOf(targets);
        }
    }

    /** Waits until the sources of this channel's puts may be reused and the targets of its gets are filled. */
    record Flush() implements Step {}
}
