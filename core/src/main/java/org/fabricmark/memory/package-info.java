/**
 * Memory that ranks share, and memory that they do not. {@link org.fabricmark.memory.AddressSpace} loads and stores at absolute addresses, with the ordering
 * in the method's name. Layouts of shared structures belong to the transports that draw them; bulk data belong to the kernels
 * of {@code reduction}. {@link org.fabricmark.memory.PrivateMemory} is memory that ranks do not share.
 *
 * <p>Shared memory is owned by regions, and the rank's thread that made a region gives it back; private memory by whoever
 * allocated it.
 */
package org.fabricmark.memory;
