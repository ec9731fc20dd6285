package org.fabricmark.transport.netty;

import java.util.concurrent.TimeUnit;
import org.fabricmark.transport.Failure;

/**
 * Tells which peer has stopped when a wait has lasted too long, for whoever is waited for may itself only wait. Asks all of them; a
 * rank answers while its event loop reads, so one that waits does, and one that is stopped, stuck or cut off does not.
 *
 * <p>Thread rule: the rank's thread.
 */
final class SignsOfLife {
    /** A rank that waits answers within microseconds; one that shares its core with others, later. */
    private static final long ANSWER_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final int rank;
    private final Mesh mesh;
    private final long[] answered;
    private long question;

    SignsOfLife(int rank, int size, Mesh mesh) {
        this.rank = rank;
        this.mesh = mesh;
        this.answered = new long[size];
    }

    /** A rank that does not answer: {@code suspect} if it is among them, or when all answer. Takes up to a tenth of a second. */
    int silent(int suspect) {
        question++;
        for (int peer = 0; peer < answered.length; peer++) {
            if (peer != rank) {
                say(peer, question, false);
            }
        }
        long start = System.nanoTime();
        int silent = firstSilent(suspect);
        while (silent != Failure.UNKNOWN && System.nanoTime() - start < ANSWER_NANOS) {
            mesh.await(POLL_NANOS);
            silent = firstSilent(suspect);
        }
        return silent == Failure.UNKNOWN ? suspect : silent;
    }

    private int firstSilent(int suspect) {
        if (answered[suspect] != question) {
            return suspect;
        }
        for (int peer = 0; peer < answered.length; peer++) {
            if (peer != rank && answered[peer] != question) {
                return peer;
            }
        }
        return Failure.UNKNOWN;
    }

    /** {@code peer} asks, or answers. */
    void heard(int peer, long number, boolean answer) throws WireException {
        if (!answer) {
            say(peer, number, true);
        } else if (number < 1 || number > question) {
            throw new WireException("an answer to question " + number + " of " + question);
        } else {
            answered[peer] = Math.max(answered[peer], number);
        }
    }

    /** Says nothing to a peer that takes nothing now: it has stopped reading, and we shall not hear of it. */
    private void say(int peer, long number, boolean answer) {
        Connection connection = mesh.connection(peer, 0);
        if (connection.outbound().roomForControl(NettyLayout.HEADER_BYTES)) {
            connection.outbound().add(NettyLayout.SIGN, 0, answer ? 1 : 0, NettyLayout.NO_SIGNAL, number);
        }
    }
}
