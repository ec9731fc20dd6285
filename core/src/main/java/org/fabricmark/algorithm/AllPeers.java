package org.fabricmark.algorithm;

import org.fabricmark.algorithm.pattern.Rings;
import org.fabricmark.schedule.StepSink;

/**
 * Rounds in which every rank turns to every other. Each rank begins with the rank behind it, so that at no time all ranks
 * write to one.
 */
final class AllPeers {
    private AllPeers() {}

    /** Bumps {@code signal} at every other rank. */
    static void notifyAll(int size, int rank, int signal, StepSink to) {
        for (int distance = 1; distance < size; distance++) {
            to.notifyPeer(Rings.shift(rank, distance, size), signal);
        }
    }

    /** Awaits one bump of {@code signal} from every other rank. */
    static void awaitAll(int size, int rank, int signal, StepSink to) {
        for (int distance = 1; distance < size; distance++) {
            to.await(Rings.shift(rank, -distance, size), signal, 1);
        }
    }

    /** A full exchange of bumps: no rank gets past it before every rank has reached it. */
    static void notifyAndAwait(int size, int rank, int signal, StepSink to) {
        notifyAll(size, rank, signal, to);
        awaitAll(size, rank, signal, to);
    }

    /** Slot of rank {@code source} among the slots that {@code owner} has for all ranks but itself. */
    static long slot(int source, int owner) {
        return source < owner ? source : source - 1L;
    }
}
