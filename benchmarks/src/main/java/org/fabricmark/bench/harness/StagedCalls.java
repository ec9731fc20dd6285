package org.fabricmark.bench.harness;

import org.fabricmark.communicator.Communicator;
import org.fabricmark.communicator.Staged;

/**
 * One plan, or one for each root, on a stage in the windows; calls copy their place of private memory in and out, and take places
 * and roots in turn.
 *
 * <p>Thread rule: the rank's thread.
 */
final class StagedCalls implements CaseCall.OtherCall {
    private final Staged[] calls;
    private final CaseBuffers.Place[] places;
    private int nextPlace;
    private int nextRoot;

    /** Plans the first call; collective. */
    StagedCalls(Communicator communicator, CaseBuffers buffers) {
        calls = new Staged[buffers.roots()];
        calls[0] = Staged.plan(communicator, buffers.request(0, 0));
        places = new CaseBuffers.Place[buffers.places()];
        for (int place = 0; place < places.length; place++) {
            places[place] = buffers.place(place);
        }
    }

    /** Plans the others, before a call reaches them; collective. */
    @Override
    public void planOthers(Communicator communicator, CaseBuffers buffers) {
        for (int root = 1; root < calls.length; root++) {
            calls[root] = Staged.plan(communicator, buffers.request(0, root));
        }
    }

    @Override
    public void execute() {
        CaseBuffers.Place place = places[nextPlace];
        Staged call = calls[nextRoot];
        nextPlace = nextPlace + 1 == places.length ? 0 : nextPlace + 1;
        nextRoot = nextRoot + 1 == calls.length ? 0 : nextRoot + 1;
        call.execute(place.input(), place.output());
    }

    @Override
    public void close() {
        for (Staged call : calls) {
            if (call != null) {
                call.close();
            }
        }
    }
}
