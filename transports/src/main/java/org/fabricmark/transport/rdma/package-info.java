/**
 * RDMA between ranks, over the verbs of {@code rdma.verbs} and whoever provides them. Open {@code RdmaTransport} first: which verb each
 * step becomes; then {@code RdmaPair}, the books of one queue pair: places, credits, and which requests are signalled.
 *
 * <p>{@code RdmaPairs} has all pairs of a rank and polls for them, {@code RdmaSignals} and {@code RdmaCounters} are the two forms of a
 * signal, {@code RdmaMemory} what is registered, by number, {@code RdmaChannel} what a flush waits for. {@code RdmaEndpoint} and
 * {@code RdmaConnector} open a device and connect when ranks attach, {@code RdmaFailures} puts completions in words, {@code RdmaLayout}
 * draws every number that travels. Private memory is reached where it is through an {@code RdmaRegistrar}: its
 * {@code RdmaPrivateRegion}s stand for what a {@code RegistrationCache} keeps registered. {@code RdmaProvider} makes them known, {@code RdmaOptions} are its options.
 */
package org.fabricmark.transport.rdma;
