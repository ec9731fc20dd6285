/**
 * How ranks of one host find each other, for the transports that work there. Open {@code HostMeeting} first: barriers, what each rank
 * tells the others, signs of life and the abort, all in one small file that {@code HostLayout} draws. {@code SharedFile} takes a file
 * of shared memory from its creation to the moment when only mappings are left of it, and sweeps what the dead have left.
 *
 * <p>Nothing here is on the step path. Only transports and what works below them may use it.
 */
package org.fabricmark.transport.host;
