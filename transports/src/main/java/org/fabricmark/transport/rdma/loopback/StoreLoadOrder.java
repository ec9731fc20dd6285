package org.fabricmark.transport.rdma.loopback;

import java.lang.invoke.VarHandle;
import org.fabricmark.system.CLibrary;

/**
 * The one order that release and acquire do not give: a store before a later load, on two sides of Dekker's pattern. A requester says
 * "I am inside", and looks whether memory is still registered; the owner says "not registered any more", and looks whether somebody is
 * inside. One of the two must see the other.
 *
 * <p>Both need a full fence for that. Requesters come by tens of millions a second, and a fence makes each wait until its last stores
 * have reached the other core; owners come rarely. So where the system has {@code membarrier(2)} the owner makes all cores pass a fence,
 * and requesters only keep the compiler from changing the order.
 *
 * <p>Thread rule: any thread.
 */
final class StoreLoadOrder {
    private static final boolean OWNER_FENCES_ALL = CLibrary.joinBarriers();

    private StoreLoadOrder() {}

    /** Between a requester's store and its load. */
    static void often() {
        if (OWNER_FENCES_ALL) {
            VarHandle.releaseFence(); // no instruction where stores stay in order; the compiler moves no load over it
            VarHandle.acquireFence();
        } else {
            VarHandle.fullFence();
        }
    }

    /** Between an owner's store and its load. */
    static void rarely() {
        VarHandle.fullFence();
        if (OWNER_FENCES_ALL) {
            CLibrary.barrierOnAllCores();
        }
    }
}
