package org.fabricmark.transport;

/** What carries the bytes between ranks of one host, so that limits can be probed on the same. */
public enum Medium {
    /** Memory that ranks share. */
    MEMORY,
    /** TCP over the loopback device. */
    TCP,
    /** Sockets of the Unix domain. */
    UNIX_SOCKETS
}
