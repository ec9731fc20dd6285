/**
 * What operations of the transport {@code rdma} become, as data: work requests, completions, and the packets that converged Ethernet would
 * carry for them. Open {@link org.fabricmark.transport.rdma.anatomy.RdmaAnatomy} first, the rules by which puts, gets and signals become work
 * requests; {@link org.fabricmark.transport.rdma.anatomy.RocePackets} cuts a work request into packets and counts their bytes.
 *
 * <p>Pure functions of sizes: nothing is opened, registered or posted. Where a provider moves memory without packets, the packets are those
 * of hardware that does the same.
 */
package org.fabricmark.transport.rdma.anatomy;
