package org.fabricmark.engine;

/**
 * A call in a {@link CallQueue}, from when it is started until it is over. It is used again for the next call of its owner, so
 * that starting allocates nothing.
 *
 * <p>Thread rule: the rank's thread. Only the queue changes it.
 */
public final class PendingCall {
    /** What runs, from when the call is started. */
    Program program;

    /** Its place in the sequence of all calls, by the count of {@link org.fabricmark.schedule.Lanes}. */
    long number;

    /** Calls with lower numbers must be over before this one is entered. */
    long after;

    /** Whether a barrier comes first, once all earlier calls are over. */
    boolean barrierFirst;

    /** Whether that barrier is under way. */
    boolean inBarrier;

    /** Whether its program is under way. */
    boolean entered;

    /** Whether its rank has left it. */
    boolean over = true;

    /** A call that is over, as before its first start. */
    public PendingCall() {}

    /** Whether it is over, as far as has been seen: nothing is moved to find out. */
    public boolean isOver() {
        return over;
    }
}
