/**
 * The conformance kit: what every transport must pass. Open {@code TransportConformance} first, the contract of the interface
 * case by case; {@code CommunicatorConformance} is about lifetimes and failures as users meet them, {@code StagedConformance}
 * about calls on memory that peers cannot reach; {@code CollectiveConformance} runs every algorithm with real data,
 * {@code NonBlockingConformance} lets their calls overlap.
 *
 * <p>A transport adds one small subclass of each, which names itself and says what its jobs could leave behind. Cases that need
 * a capability that the transport lacks are skipped and say so.
 */
package org.fabricmark.transport.conformance;
