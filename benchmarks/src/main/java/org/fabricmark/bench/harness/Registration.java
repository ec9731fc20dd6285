package org.fabricmark.bench.harness;

/**
 * What the windows of a job have cost, before any call.
 *
 * @param bytes of each rank's windows together
 * @param micros until they could be used, on the slowest rank
 */
public record Registration(long bytes, double micros) {}
