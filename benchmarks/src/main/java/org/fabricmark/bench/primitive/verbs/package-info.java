/**
 * What RDMA verbs cost, work request by work request, measured as perftest does. Open
 * {@link org.fabricmark.bench.primitive.verbs.VerbsPrimitive} first: the primitives, and what one operation of each is. A
 * {@link org.fabricmark.bench.primitive.verbs.VerbsCase} says on which {@link org.fabricmark.bench.primitive.verbs.Fabric} and with
 * which {@link org.fabricmark.bench.primitive.verbs.Queues}; {@link org.fabricmark.bench.primitive.verbs.LedVerbs} runs it, the
 * caller's thread being rank 0.
 *
 * <p>Inside: {@code VerbsRank} is what both ranks have; its {@code VerbsEnd} is made of the device, a {@code Lane} is one queue pair
 * with its requests, {@code Completions} takes what the queues bring; {@code PingPong}, {@code Requests} and {@code Stream} are the
 * patterns. {@code PairLines} are words of shared memory beside the verbs, by which rank 0 leads.
 *
 * <p>This package alone, outside of the transports, may know the verbs: it measures them below the transport interface. Rounds
 * allocate nothing.
 */
package org.fabricmark.bench.primitive.verbs;
