package org.fabricmark.transport.rdma.verbs;

/**
 * A place in the table of identifiers that holds one.
 *
 * @param gid the identifier
 * @param port whose it is, from 1
 * @param index its place among those of the port
 */
public record GidEntry(Gid gid, int port, int index) {}
