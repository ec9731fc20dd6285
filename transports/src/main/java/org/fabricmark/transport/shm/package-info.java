/**
 * Shared memory of one host. Open {@code ShmTransport} first: the step path, a dozen lines of copies and ordered stores; then
 * {@code ShmLayout}, which draws every shared structure. {@code ShmEndpoint} gets the regions; ranks meet and end by what
 * {@code org.fabricmark.transport.host} has for all ranks of a host. {@code ShmProvider} makes them known, {@code ShmOptions} are its
 * options.
 *
 * <p>Ranks share files and nothing else, so threads and processes are served alike. Each rank maps and unmaps on its own thread;
 * addresses are never given to another.
 */
package org.fabricmark.transport.shm;
