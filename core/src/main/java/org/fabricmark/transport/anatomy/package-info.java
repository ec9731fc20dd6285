/**
 * What operations of a transport are made of, below its interface: for people who read schedules, and for tests. Open
 * {@link org.fabricmark.transport.anatomy.Anatomy} first: it answers each operation with the
 * {@linkplain org.fabricmark.transport.anatomy.PostedRequest requests} that the transport would post for it, and these say which
 * {@linkplain org.fabricmark.transport.anatomy.Packets packets} travel. {@link org.fabricmark.transport.anatomy.PortTraffic} adds up what passes
 * a rank's port.
 *
 * <p>Nothing is executed here: no memory, no thread, no clock. What is said of sizes is a pure function of the operations.
 */
package org.fabricmark.transport.anatomy;
