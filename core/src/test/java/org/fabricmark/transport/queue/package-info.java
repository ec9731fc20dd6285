/**
 * A transport for tests that behaves like a network between threads: {@code QueueTransport} says how. It shows that nothing above
 * the interface relies on the habits of shared memory.
 */
package org.fabricmark.transport.queue;
