package org.fabricmark.transport.rdma.verbs;

import java.util.Objects;

/**
 * What a queue pair is created with, and keeps for life.
 *
 * @param service what it promises
 * @param sendCompletions where completions of its send queue go
 * @param receiveCompletions where completions of its receives go; may be the same
 * @param sharedReceives where its receives come from, or null for a receive queue of its own
 * @param capabilities sizes
 * @param signalAll whether every send completes visibly, whatever its flag says
 */
public record QueuePairInit(
        ServiceType service,
        CompletionQueue sendCompletions,
        CompletionQueue receiveCompletions,
        SharedReceiveQueue sharedReceives,
        QueuePairCapabilities capabilities,
        boolean signalAll) {
    public QueuePairInit {
        Objects.requireNonNull(service, "service");
        Objects.requireNonNull(sendCompletions, "sendCompletions");
        Objects.requireNonNull(receiveCompletions, "receiveCompletions");
        Objects.requireNonNull(capabilities, "capabilities");
    }
}
