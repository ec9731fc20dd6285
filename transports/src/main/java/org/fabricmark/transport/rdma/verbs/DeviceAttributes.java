package org.fabricmark.transport.rdma.verbs;

/**
 * Limits of a device.
 *
 * @param maxQueuePairs at a time
 * @param maxRequests that one work queue holds
 * @param maxSegments scatter-gather entries of one work request
 * @param maxInlineData bytes that one work request can carry inline
 * @param maxCompletionQueues at a time
 * @param maxCompletions that one completion queue holds
 * @param completionVectors interrupt sources that completion queues can be spread over
 * @param maxMemoryRegions at a time, memory windows included
 * @param maxMessageBytes of one message
 * @param maxReadAtomic reads and atomics of one queue pair that can be under way, in each direction
 * @param ports numbered from 1
 * @param atomicity what atomics are atomic against
 * @param windowsOfType2 whether memory windows of type 2B can be had
 */
public record DeviceAttributes(
        int maxQueuePairs,
        int maxRequests,
        int maxSegments,
        int maxInlineData,
        int maxCompletionQueues,
        int maxCompletions,
        int completionVectors,
        int maxMemoryRegions,
        long maxMessageBytes,
        int maxReadAtomic,
        int ports,
        Atomicity atomicity,
        boolean windowsOfType2) {
    /** What atomics are atomic against. */
    public enum Atomicity {
        /** There are none. */
        NONE,
        /** Other atomics through this device. */
        DEVICE,
        /** Those, and what processors do. */
        GLOBAL
    }
}
