/**
 * The limits of the machine, measured with nothing in between: what collectives are compared with.
 *
 * <p>{@link org.fabricmark.bench.baseline.ExchangeProbe} measures how fast two cores exchange a line and
 * {@link org.fabricmark.bench.baseline.TrafficProbe} how fast threads stream a {@link org.fabricmark.bench.baseline.Traffic};
 * both run beside each measured case, on the threads and in the buffers of its ranks.
 * {@link org.fabricmark.bench.baseline.BaselineProbe} runs them all for the machine itself and gives a
 * {@link org.fabricmark.bench.baseline.Baseline}.
 *
 * <p>Probes of several threads must be started at the same time by their caller; they share
 * {@link org.fabricmark.bench.baseline.SharedLines} and never wait for ever.
 */
package org.fabricmark.bench.baseline;
