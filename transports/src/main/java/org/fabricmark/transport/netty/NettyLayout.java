package org.fabricmark.transport.netty;

import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.fabricmark.memory.AddressSpace;

/**
 * All bytes that travel; numbers are little-endian. {@code docs/wire-format.md} says in words what each field may hold.
 *
 * <p><b>Handshake</b>, by which a connection opens: the connector sends HELLO, the acceptor CHALLENGE, the connector PROOF, the
 * acceptor WELCOME.
 *
 * <pre>
 *      HELLO, 96 bytes                                    CHALLENGE, 96 bytes
 *    0  +-----------------------------------------+     0  +-----------------------------------------+
 *       | magic 8                                 |        | magic 8                                 |
 *    8  | version 4 | size 4                      |     8  | version 4 | verdict 4                   |
 *   16  | from rank 4 | to rank 4                 |    16  | 0, 16                                   |
 *   24  | connection 4 | connections 4            |        |                                         |
 *   32  | digest of the job's name 32             |    32  | nonce 32                                |
 *   64  | nonce 32                                |    64  | proof of the acceptor 32                |
 *   96  +-----------------------------------------+    96  +-----------------------------------------+
 *
 *      PROOF, 32 bytes                                    WELCOME, 16 bytes
 *    0  +-----------------------------------------+     0  +-----------------------------------------+
 *       | proof of the connector 32               |        | magic 8                                 |
 *   32  +-----------------------------------------+     8  | version 4 | verdict 4                   |
 *                                                     16  +-----------------------------------------+
 * </pre>
 *
 * <p><b>Frame</b>: everything after the handshake, in both directions.
 *
 * <pre>
 *    0  +---------+---------+-------------------+---------------------------------------+
 *       | kind 1  | flags 1 | channel 2         | length 4: bytes behind the header     |
 *    8  | place 8: a reference                                                          |
 *   16  | signal 8: a signal, or a second reference                                     |
 *   24  | total 8                                                                       |
 *   32  +-------------------------------------------------------------------------------+
 *       | data, length bytes                                                            |
 *       +-------------------------------------------------------------------------------+
 *
 *       reference:  | 0, 8 | region 16 | offset 40 |        signal:  | table 32 | index 32 |
 * </pre>
 */
final class NettyLayout {
    static final long MAGIC = 0x5445_4e43_4d42_4146L; // FABMCNET, little-endian
    static final int VERSION = 2;

    static final int HELLO_BYTES = 96;
    static final int CHALLENGE_BYTES = 96;
    static final int PROOF_BYTES = 32;
    static final int WELCOME_BYTES = 16;
    static final int NONCE_BYTES = 32;
    static final int DIGEST_BYTES = 32;

    static final int VERSION_OFFSET = 8;
    static final int SIZE_OFFSET = 12;
    static final int VERDICT_OFFSET = 12;
    static final int FROM_OFFSET = 16;
    static final int TO_OFFSET = 20;
    static final int CONNECTION_OFFSET = 24;
    static final int CONNECTIONS_OFFSET = 28;
    static final int JOB_OFFSET = 32;
    static final int HELLO_NONCE_OFFSET = 64;
    static final int CHALLENGE_NONCE_OFFSET = 32;
    static final int CHALLENGE_PROOF_OFFSET = 64;

    /** Data for a place in the receiver's memory; then a signal, if there is one. */
    static final int PUT = 1;

    /** A signal's new total. */
    static final int BUMP = 2;

    /** Wants bytes of the receiver's memory. */
    static final int REQUEST = 3;

    /** Answers a request. */
    static final int REPLY = 4;

    /** How many set-up barriers the sender has entered. */
    static final int STAGE = 5;

    /** Why the job has ended. */
    static final int ABORT = 6;

    /** Asks whether the receiver lives, or answers that. */
    static final int SIGN = 7;

    /** The place of an ABORT whose sender has decided, and of one that asks the receiver to. */
    static final long DECIDED = 0;

    static final long PROPOSED = 1;

    static final int HEADER_BYTES = 32;
    static final long NO_SIGNAL = -1;

    /** A larger put travels in pieces. */
    static final int MOST_DATA = 1 << 30;

    private static final int CHANNEL = 2;
    private static final int LENGTH = 4;
    private static final int PLACE = 8;
    private static final int SIGNAL = 16;
    private static final int TOTAL = 24;

    static final int MOST_CHANNELS = 1 << 16;

    static final int OFFSET_BITS = 40;
    static final int MAX_REGIONS = 1 << 16;
    static final long MAX_PART = 1L << OFFSET_BITS;
    static final int TABLE_SHIFT = 32;

    static final int PAGE = 4096;

    private static final ValueLayout.OfShort U16 =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong U64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private NettyLayout() {}

    /** Writes a header at the address {@code at}. */
    static void header(long at, int kind, int channel, int length, long place, long signal, long total) {
        AddressSpace.ALL.set(U32, at, kind | channel << 16);
        AddressSpace.ALL.set(U32, at + LENGTH, length);
        AddressSpace.ALL.set(U64, at + PLACE, place);
        AddressSpace.ALL.set(U64, at + SIGNAL, signal);
        AddressSpace.ALL.set(U64, at + TOTAL, total);
    }

    /** Kind and flags: flags are 0 in this version, so anything else is an unknown kind. */
    static int kind(long at) {
        return AddressSpace.ALL.get(U16, at) & 0xffff;
    }

    static int channel(long at) {
        return AddressSpace.ALL.get(U16, at + CHANNEL) & 0xffff;
    }

    static int length(long at) {
        return AddressSpace.ALL.get(U32, at + LENGTH);
    }

    static long place(long at) {
        return AddressSpace.ALL.get(U64, at + PLACE);
    }

    static long signal(long at) {
        return AddressSpace.ALL.get(U64, at + SIGNAL);
    }

    static long total(long at) {
        return AddressSpace.ALL.get(U64, at + TOTAL);
    }

    static long reference(int region, long offset) {
        return (long) region << OFFSET_BITS | offset;
    }

    /** Region of a reference; for one from the wire at most 2^24, which is no region's number. */
    static int region(long reference) {
        return (int) (reference >>> OFFSET_BITS);
    }

    static long offset(long reference) {
        return reference & (MAX_PART - 1);
    }

    static long signalName(int table, int index) {
        return (long) table << TABLE_SHIFT | index;
    }

    static int table(long signal) {
        return (int) (signal >>> TABLE_SHIFT);
    }

    static int index(long signal) {
        return (int) signal;
    }

    static long pages(long bytes) {
        return (bytes + PAGE - 1) & -PAGE;
    }
}
