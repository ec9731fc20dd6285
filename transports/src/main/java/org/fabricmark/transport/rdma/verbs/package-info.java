/**
 * RDMA verbs as an object model, in the words of the InfiniBand specification. Open
 * {@link org.fabricmark.transport.rdma.verbs.QueuePair} first: what is posted, in which order it is done, and what a completion says.
 *
 * <p>The way to it: a {@link org.fabricmark.transport.rdma.verbs.VerbsProvider} has devices; opening a
 * {@link org.fabricmark.transport.rdma.verbs.Device} gives a {@link org.fabricmark.transport.rdma.verbs.Context}; that has protection
 * domains and completion queues; a {@link org.fabricmark.transport.rdma.verbs.ProtectionDomain} has
 * {@linkplain org.fabricmark.transport.rdma.verbs.MemoryRegion registered memory} and queue pairs. A queue pair goes through its
 * {@linkplain org.fabricmark.transport.rdma.verbs.QueuePairState states} by
 * {@link org.fabricmark.transport.rdma.verbs.QueuePairAttributes}, each step being checked by
 * {@link org.fabricmark.transport.rdma.verbs.QueuePairTransitions}.
 *
 * <p>On the path there are three classes, made once and filled again and again: a
 * {@link org.fabricmark.transport.rdma.verbs.SendRequest} and a {@link org.fabricmark.transport.rdma.verbs.ReceiveRequest} are posted, a
 * {@link org.fabricmark.transport.rdma.verbs.WorkCompletion} is polled into. Posting and polling allocate nothing.
 *
 * <p>The interfaces are what a provider implements; what all providers share and nobody may do otherwise is here as classes.
 */
package org.fabricmark.transport.rdma.verbs;
