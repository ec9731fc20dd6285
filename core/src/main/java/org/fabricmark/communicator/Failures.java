package org.fabricmark.communicator;

import org.fabricmark.transport.FabricException;
import org.fabricmark.transport.Failure;
import org.fabricmark.transport.Failure.Category;
import org.fabricmark.transport.Transport;

/** What other ranks are told when a rank ends with an exception. */
final class Failures {
    private Failures() {}

    static Failure of(Throwable cause, Transport transport) {
        if (cause instanceof FabricException known) {
            return known.failure();
        }
        return Failure.of(
                Category.RANK_FAILED,
                transport.rank(),
                transport.name(),
                "rank " + transport.rank() + " ended with " + cause);
    }
}
