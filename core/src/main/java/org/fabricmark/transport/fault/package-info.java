/**
 * Faults on purpose, on top of any transport. Open {@link org.fabricmark.transport.fault.FaultPlan} first: what is to go wrong, as
 * text; it is the option {@code fault} of every transport, so it reaches ranks wherever the transport's name goes. A
 * {@link org.fabricmark.transport.fault.Fault} is one line of it, a {@link org.fabricmark.transport.fault.FaultKind} says what
 * happens then. {@link org.fabricmark.transport.fault.FaultTransport} wraps a rank's attachment and does it:
 * {@code FaultTrigger} counts the rank's operations, {@code FaultyWire} holds back what is late, {@code Staging} keeps the bytes that
 * are delivered wrong or twice, {@code RankEnd} is what becomes of a rank that dies.
 *
 * <p>What goes through memory that ranks access directly cannot be intercepted, so the wrapped transport has no
 * {@link org.fabricmark.transport.Capability#DIRECT_ACCESS}: schedules run in the form that they have over a network.
 *
 * <p>Thread rule: as the transport that is wrapped; plans are immutable.
 */
package org.fabricmark.transport.fault;
