package org.fabricmark.schedule;

/**
 * What a schedule costs, as data: each figure is the largest over all ranks, so that together they bound the time of the
 * slowest rank. An algorithm declares its cost from its formula; the verifier counts it again, step by step.
 *
 * @param rounds the longest chain of messages, each of which waits for the one before (the start-ups that no overlap hides)
 * @param messages puts, gets and notifications that one rank issues to others
 * @param moved elements that cross between ranks by one rank's steps: put, got, or loaded or stored remotely
 * @param reduced element-wise combinations that one rank computes (k sources of n elements are (k-1)n)
 * @param scratch elements of scratch that one rank must provide
 */
public record Cost(long rounds, long messages, long moved, long reduced, long scratch) {
    /** Nothing at all. */
    public static final Cost NONE = new Cost(0, 0, 0, 0, 0);
}
