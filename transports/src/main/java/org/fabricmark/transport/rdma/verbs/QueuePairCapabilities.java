package org.fabricmark.transport.rdma.verbs;

/**
 * Sizes of a queue pair. What is given may be more than what was asked for, never less.
 *
 * @param maxSendRequests work requests that the send queue holds
 * @param maxReceiveRequests work requests that the receive queue holds; of no meaning with a shared receive queue
 * @param maxSendSegments scatter-gather entries of one of them
 * @param maxReceiveSegments the same for receives
 * @param maxInlineData bytes that one work request can carry inline
 */
public record QueuePairCapabilities(
        int maxSendRequests, int maxReceiveRequests, int maxSendSegments, int maxReceiveSegments, int maxInlineData) {
    public QueuePairCapabilities {
        if ((maxSendRequests | maxReceiveRequests | maxSendSegments | maxReceiveSegments | maxInlineData) < 0) {
            throw VerbsException.invalid("negative size of a queue pair");
        }
    }
}
