/**
 * Verbs emulated in shared memory of one host. Open {@code Responder} first: what a peer's device does with a request, done here by the
 * thread that posts. {@code LoopbackLayout} draws all memory that contexts share.
 *
 * <p>A request goes from a {@code Requester} (a send queue, and when its requests are executed: at once, by
 * {@code ImmediateRequester}; in pieces and out of order, as the specification lets it, by {@code ShuffledRequester}; when hardware would
 * be done, by {@code ModelledRequester}; packet by packet, of which some are lost, by {@code LossyRequester})
 * through the {@code Responder} (checks), {@code MessageCopy} (the one copy) and {@code PeerReceives} (what the peer's program is told) to
 * a completion in a {@code LoopbackCompletionQueue}. {@code KeyTable} says what a key opens.
 *
 * <p>Nobody waits for a peer but owners who take something away: memory, a queue pair. They wait until no requester is inside;
 * {@code StoreLoadOrder} says how both see each other.
 *
 * <p>Where memory is, and how contexts find each other, is behind {@code Home}: {@code ProcessHome} for threads of one process,
 * {@code HostHome} for processes of one host.
 */
package org.fabricmark.transport.rdma.loopback;
