/**
 * TCP and Unix-domain sockets, through Netty. Open {@code NettyTransport} first: the step path, which turns puts into frames.
 * {@code NettyLayout} draws every byte that travels. A frame's way: {@code Outbound} gathers it, {@code Connection} is the socket
 * (short frames pass by its channel through {@code SocketCalls}),
 * {@code Inbound} decides where it is read to, {@code FrameDecoder} takes it apart, {@code Transfers} and {@code NettyMemory}
 * check it and put it in its place. {@code Mesh} moves all connections of a rank by one event loop; {@code NettyEndpoint} keeps
 * the rank in step with the others and spreads failures.
 *
 * <p>How a job begins: {@code Meeting} finds the other ranks through a {@code Rendezvous} and opens each connection with a
 * {@code Handshake} by which both ends prove that they know the job's secret.
 *
 * <p>The rank's thread drives everything, inside its calls; no other thread exists. All memory is outside the heap; sockets are
 * closed before the memory that they read and write is given back.
 */
package org.fabricmark.transport.netty;
