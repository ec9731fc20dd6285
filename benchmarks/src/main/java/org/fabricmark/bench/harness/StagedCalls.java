package org.fabricmark.bench.harness;

import org.fabricmark.communicator.Communicator;
import org.fabricmark.communicator.Staged;

/**
 * One plan on a stage in the windows; calls copy their place of private memory in and out, and take the places in turn.
 *
 * <p>Thread rule: the rank's thread.
 */
final class StagedCalls implements CaseCall.OtherCall {
    private final Staged call;
    private final CaseBuffers.Place[] places;
    private int next;

    /** Plans the call; collective. */
    StagedCalls(Communicator communicator, CaseBuffers buffers) {
        call = Staged.plan(communicator, buffers.request(0));
        places = new CaseBuffers.Place[buffers.places()];
        for (int place = 0; place < places.length; place++) {
            places[place] = buffers.place(place);
        }
    }

    @Override
    public void execute() {
        CaseBuffers.Place place = places[next];
        next = next + 1 == places.length ? 0 : next + 1;
        call.execute(place.input(), place.output());
    }

    @Override
    public int next() {
        return next;
    }

    @Override
    public void close() {
        call.close();
    }
}
