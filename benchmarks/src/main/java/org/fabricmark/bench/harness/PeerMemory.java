package org.fabricmark.bench.harness;

import java.util.Optional;
import java.util.OptionalLong;
import org.fabricmark.communicator.Window;

/**
 * Where this rank sees peers' buffers, for the probe of traffic, which touches all ranks' memory. A peer's own address means
 * something only in its process; this rank has the peer's window mapped elsewhere, or, without direct access, nowhere.
 *
 * <p>Thread rule: the rank's thread.
 */
final class PeerMemory {
    private final AllGatherLongs gather;
    private final boolean oneProcess;

    /** @param oneProcess whether all ranks are threads of one process, where each may use what the others have mapped */
    PeerMemory(AllGatherLongs gather, boolean oneProcess) {
        this.gather = gather;
        this.oneProcess = oneProcess;
    }

    /**
     * Collective.
     *
     * @param window in which every rank has a buffer
     * @param address where this rank's begins
     * @return where each rank's begins, as this rank sees it; empty, on every rank, when one does not see another's
     */
    Optional<long[]> addresses(Window window, long address) {
        long[] bases = gather.gather(window.address());
        long[] seen = gather.gather(address);
        long hidden = 0;
        for (int peer = 0; peer < seen.length; peer++) {
            OptionalLong direct = window.directAddress(peer);
            if (direct.isPresent()) {
                seen[peer] += direct.getAsLong() - bases[peer];
            } else if (!oneProcess) {
                hidden++;
            }
        }
        return gather.sum(hidden) == 0 ? Optional.of(seen) : Optional.empty();
    }
}
