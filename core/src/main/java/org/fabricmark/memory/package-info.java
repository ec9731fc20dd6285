/**
 * Memory that ranks share. {@link org.fabricmark.memory.AddressSpace} loads and stores at absolute addresses, with the ordering
 * in the method's name. Layouts of shared structures belong to the transports that draw them; bulk data belong to the kernels
 * of {@code reduction}.
 *
 * <p>Nothing here owns memory: regions do, and the rank's thread that made a region gives it back.
 */
package org.fabricmark.memory;
