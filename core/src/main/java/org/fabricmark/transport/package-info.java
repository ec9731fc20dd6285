/**
 * The SPI between schedules and whatever carries their data. Open {@link org.fabricmark.transport.Transport} first: one rank's
 * attachment, with the contract of wires, back-pressure, progress and failure. It hands out memory
 * ({@link org.fabricmark.transport.Region}) and counters ({@link org.fabricmark.transport.SignalTable}), and says by
 * {@link org.fabricmark.transport.Capability} what works between two ranks. What it may have besides: a
 * {@link org.fabricmark.transport.Registrar}, which lets it reach memory of the user where it is.
 *
 * <p>A transport is found by {@link org.fabricmark.transport.Transports} through its
 * {@link org.fabricmark.transport.TransportProvider} and configured by a {@link org.fabricmark.transport.TransportSpec}. What goes
 * wrong is a {@link org.fabricmark.transport.FabricException} with a {@link org.fabricmark.transport.Failure} that is the same on
 * all ranks. What its operations are made of, a transport may tell by an {@code Anatomy}, in the package {@code anatomy}.
 *
 * <p>No algorithm, no schedule and no waiting live here: the engine owns all three. An attachment belongs to one thread from
 * {@code open} to {@code close}.
 */
package org.fabricmark.transport;
