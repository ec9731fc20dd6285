package org.fabricmark.transport.rdma.loopback;

import java.util.ArrayList;
import java.util.List;
import org.fabricmark.transport.rdma.verbs.CompletionStatus;

/** The memory windows of one context. Thread rule: the context's thread. */
final class Windows {
    private final List<LoopbackMemoryWindow> all = new ArrayList<>();

    void add(LoopbackMemoryWindow window) {
        all.add(window);
    }

    void remove(LoopbackMemoryWindow window) {
        all.remove(window);
    }

    boolean boundTo(LoopbackMemoryRegion region) {
        return all.stream().anyMatch(window -> window.opens(region));
    }

    /** Executes a local invalidate of {@code key}. */
    CompletionStatus invalidate(LoopbackQueuePair pair, int key) {
        for (LoopbackMemoryWindow window : all) {
            if (window.remoteKey().value() == key) {
                return window.invalidate(pair);
            }
        }
        return CompletionStatus.LOCAL_QP_OPERATION_ERROR;
    }
}
