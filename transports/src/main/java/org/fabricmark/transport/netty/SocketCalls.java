package org.fabricmark.transport.netty;

import io.netty.channel.unix.Socket;
import java.io.IOException;

/**
 * The two system calls of a connection in use, past its channel: what fits in one call needs neither an entry in the channel's outbound
 * buffer nor an event in its pipeline, which for 8 bytes cost as much as a tenth of the calls themselves. Whatever is not plain success is
 * left to the channel: it has the selector's events, and says what has ended and why.
 *
 * <p>Thread rule: the rank's thread.
 */
interface SocketCalls {
    /** The channel must be asked. */
    int ASK_CHANNEL = -1;

    /**
     * {@code send(2)} without waiting.
     *
     * @return bytes that the system has taken, 0 when it has no room; {@link #ASK_CHANNEL} when that failed, and nothing was taken
     */
    int send(long address, int bytes);

    /**
     * {@code recv(2)} without waiting.
     *
     * @return bytes that have come, 0 when there are none now; {@link #ASK_CHANNEL} when the peer has ended or that failed
     */
    int receive(long address, int room);

    /** Those of a socket that Netty has opened. */
    static SocketCalls of(Socket socket) {
        return new SocketCalls() {
            @Override
            public int send(long address, int bytes) {
                try {
                    return socket.sendAddress(address, 0, bytes);
                } catch (IOException _) { // the channel meets it again, and says so
                    return ASK_CHANNEL;
                }
            }

            @Override
            public int receive(long address, int room) {
                try {
                    return socket.recvAddress(address, 0, room); // -1 for the end
                } catch (IOException _) { // as above
                    return ASK_CHANNEL;
                }
            }
        };
    }
}
