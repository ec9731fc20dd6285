package org.fabricmark.communicator;

import org.fabricmark.engine.PendingCall;

/**
 * The call that a plan has started, made by {@link Plan#start}: asks whether it is over, or waits for it. A plan has one request,
 * which stands for its latest call.
 *
 * <p>Requests may be asked in any order, and on each rank in another. A question moves all outstanding calls of the
 * communicator, the oldest first, so it may take as long as the steps that can be done now: a reduction of many megabytes, if
 * its operands have just arrived.
 *
 * <p>Thread rule: the rank's thread.
 */
public final class Request {
    final PendingCall call = new PendingCall();
    private final Communicator communicator;
    private boolean outstanding;

    Request(Communicator communicator) {
        this.communicator = communicator;
    }

    void begin() {
        outstanding = true;
    }

    boolean isOutstanding() {
        return outstanding;
    }

    /**
     * Moves what can be moved now, and answers whether the call is over; yes also before the first call.
     *
     * @throws org.fabricmark.transport.FabricException when a rank failed before the call was over, or nothing has moved through
     *     questions for longer than the timeout
     */
    public boolean test() {
        if (outstanding && communicator.test(call)) {
            outstanding = false;
        }
        return !outstanding;
    }

    /**
     * Returns when the call is over; at once before the first call.
     *
     * @throws org.fabricmark.transport.FabricException when a rank failed before the call was over
     */
    public void await() {
        if (outstanding) {
            communicator.await(call);
            outstanding = false;
        }
    }
}
