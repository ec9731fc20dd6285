/**
 * The verbs conformance kit: what every provider must pass. Open {@code VerbsConformance} first: what all parts have in common. The
 * parts are {@code ObjectsConformance} (what may be made and ended when), {@code StatesConformance}, {@code DataPathConformance},
 * {@code DatagramConformance}, {@code ErrorsConformance}, {@code RefusalsConformance}, {@code EventsConformance},
 * {@code SharedReceiveConformance}, {@code LossConformance}, {@code WindowsConformance} and {@code OrderingConformance}.
 *
 * <p>Each case bears a {@code Behaviour}: a number that never changes. V001 to V064 and W001 to W010 are everybody's, V101 and later
 * are this kit's own; {@code docs/verbs-conformance.md} lists them.
 *
 * <p>A case has {@code Ends}: two contexts on a fabric of its own, both driven by the case's thread, and {@code Link}s of queue pairs
 * between them. {@code RandomRequests} compares random requests with a plain model, {@code ModelPair}.
 *
 * <p>A provider adds one subclass of each part, which names a {@code Subject}. What a provider lacks is skipped and says so.
 */
package org.fabricmark.transport.rdma.verbs.conformance;
