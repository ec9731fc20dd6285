package org.fabricmark.transport.netty;

import io.netty.channel.Channel;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Optional;
import org.fabricmark.memory.AddressSpace;
import org.fabricmark.reduction.CopyKernel;
import org.fabricmark.reduction.Kernels;

/**
 * What one connection still has to send. Headers, and data that are cheaper copied than gathered, lie one behind the other in a
 * ring; all that has gathered there leaves as one piece. Longer data leave from where they are, between two such pieces, in one
 * gathering write with them.
 *
 * <pre>
 *    ring:   | header, 8 bytes | header, 40 bytes | header |            | header |
 *                                                          | window data |
 * </pre>
 *
 * <p>The channel gets them in bursts, between which the rank reads; what is behind waits here.
 *
 * <p>Positions in the ring count up and never wrap; the byte of a position is at its remainder. Nothing blocks: what has no room
 * is refused, see {@link #room}.
 *
 * <p>Thread rule: the rank's thread.
 */
final class Outbound {
    /** More pieces than this are not handed to the channel. */
    private static final int MOST_PIECES = 512;

    /**
     * So many bytes at most are with the channel: then the peer's are read before more are sent. More would pass through the
     * kernel's buffers faster than both sides empty them, and leave the caches there; less meets the peer's bytes in the middle of its own.
     * Two ranks, TCP on the loopback device, microseconds by 512 KiB, 1 MiB, 2 MiB: all-reduce of 1 MiB 207, 181, 186; of 2 MiB 472, 373, 392;
     * of 16 MiB 5,940, 5,920, 6,000. The rest lets two frames of 512 KiB go together with their headers.
     */
    static final int BURST = 1024 * 1024 + 64 * 1024;

    /** Twice the longest control frame. */
    private static final int CONTROL_BYTES = 2 * (NettyLayout.HEADER_BYTES + FailureRecord.MOST_BYTES);

    private static final int NOBODY = -1;

    private final Channel channel;
    private final Optional<SocketCalls> calls;
    private final Sources sources;
    private final CopyKernel copies = Kernels.copy();
    private final long ring;
    private final int ringBytes;

    /** Next byte to write; first byte that is not handed over; first byte that is not free. */
    private long head;

    private long handed;
    private long tail;
    private final ArrayDeque<MemoryView> waiting = new ArrayDeque<>();
    private final ArrayDeque<MemoryView> freePieces = new ArrayDeque<>();
    private final ArrayDeque<MemoryView> freeViews = new ArrayDeque<>();

    /** Those that are waiting or with the channel. */
    private int pieces;

    /** Bytes that the channel has and the system has not. */
    private int bursting;

    /** Counts, by wire channel, the pieces whose memory the channel may still read. */
    static final class Sources {
        private int[] unsent = new int[8];

        boolean free(int wire) {
            return wire >= unsent.length || unsent[wire] == 0;
        }

        void add(int wire) {
            if (wire >= unsent.length) {
                unsent = Arrays.copyOf(unsent, 2 * wire);
            }
            unsent[wire]++;
        }

        void remove(int wire) {
            unsent[wire]--;
        }
    }

    /**
     * @param calls of the channel's socket, for what they can send alone
     * @param ring address of the ring's memory
     * @param ringBytes a power of two
     */
    Outbound(Channel channel, Optional<SocketCalls> calls, Sources sources, long ring, int ringBytes) {
        this.channel = channel;
        this.calls = calls;
        this.sources = sources;
        this.ring = ring;
        this.ringBytes = ringBytes;
    }

    /** Whether {@code frames} frames, with {@code copied} bytes of data in the ring each, can be added now. */
    boolean room(int frames, int copied) {
        // A frame is not cut at the end of the ring, so up to one frame may be left free there.
        long bytes = (frames + 1L) * (NettyLayout.HEADER_BYTES + copied);
        return head - tail + bytes + CONTROL_BYTES <= ringBytes && pieces + 2 * frames < MOST_PIECES;
    }

    /** As {@link #room}, for what is not a transfer: some of the ring is kept for it. */
    boolean roomForControl(int bytes) {
        return head - tail + 2L * bytes <= ringBytes;
    }

    /** Adds a frame without data. There is room. */
    void add(int kind, int wire, long place, long signal, long total) {
        NettyLayout.header(claim(NettyLayout.HEADER_BYTES), kind, wire, 0, place, signal, total);
    }

    /** Adds a frame with a copy of the {@code bytes} bytes at {@code from}. There is room. */
    void addCopy(int kind, int wire, long from, int bytes, long place, long signal, long total) {
        long at = claim(NettyLayout.HEADER_BYTES + bytes);
        NettyLayout.header(at, kind, wire, bytes, place, signal, total);
        copies.copy(from, at + NettyLayout.HEADER_BYTES, bytes);
    }

    /** Adds a frame whose data are read from {@code from} when they leave. There is room. */
    void addView(int kind, int wire, long from, int bytes, long place, long signal, long total) {
        NettyLayout.header(claim(NettyLayout.HEADER_BYTES), kind, wire, bytes, place, signal, total);
        sources.add(wire);
        gather(wire, from, bytes);
    }

    private void gather(int wire, long from, int bytes) {
        seal();
        queue(view(wire, from, bytes));
    }

    private MemoryView view(int wire, long from, int bytes) {
        MemoryView view = freeViews.isEmpty() ? new MemoryView(this::viewSent) : freeViews.pop();
        view.mark = wire;
        return view.aimFull(from, bytes);
    }

    /** How many frames {@code bytes} bytes of data need. */
    static int pieces(long bytes) {
        return (int) ((bytes + NettyLayout.MOST_DATA - 1) / NettyLayout.MOST_DATA);
    }

    /** As {@link #addView}, for the answer to a peer's get: no flush of this rank waits for it. */
    void addReply(int wire, long from, int bytes, long place, long rest) {
        NettyLayout.header(
                claim(NettyLayout.HEADER_BYTES), NettyLayout.REPLY, wire, bytes, place, NettyLayout.NO_SIGNAL, rest);
        gather(NOBODY, from, bytes);
    }

    /** Adds bytes that are no frame. There is room. */
    void addBytes(byte[] bytes) {
        copyIn(bytes, claim(bytes.length));
    }

    /** Adds a frame with data from the heap. There is room. */
    void addControl(int kind, byte[] data, long place) {
        long at = claim(NettyLayout.HEADER_BYTES + data.length);
        NettyLayout.header(at, kind, 0, data.length, place, NettyLayout.NO_SIGNAL, 0);
        copyIn(data, at + NettyLayout.HEADER_BYTES);
    }

    private static void copyIn(byte[] data, long at) {
        MemorySegment.copy(
                data, 0, AddressSpace.segment(at, data.length), ValueLayout.JAVA_BYTE, 0, data.length);
    }

    private long claim(int bytes) {
        int place = (int) (head & ringBytes - 1);
        if (tail == head) { // all is sent: from the start again, where the cache still has it
            head += -place & ringBytes - 1;
            handed = head;
            tail = head;
            place = 0;
        }
        if (place + bytes > ringBytes) {
            seal();
            head += ringBytes - place;
            handed = head;
            place = 0;
        }
        head += bytes;
        return ring + place;
    }

    /** Hands over what has gathered in the ring. */
    private void seal() {
        if (handed < head) {
            MemoryView piece = freePieces.isEmpty() ? newPiece() : freePieces.pop();
            piece.mark = head;
            piece.aimFull(ring + (handed & ringBytes - 1), (int) (head - handed));
            handed = head;
            queue(piece);
        }
    }

    private MemoryView newPiece() {
        MemoryView piece = new MemoryView(this::pieceSent);
        piece.within(ring, ringBytes);
        return piece;
    }

    private void queue(MemoryView view) {
        pieces++;
        waiting.add(view);
    }

    private void pieceSent(MemoryView piece) {
        pieces--;
        bursting -= piece.capacity();
        tail = Math.max(tail, piece.mark);
        freePieces.push(piece);
    }

    private void viewSent(MemoryView view) {
        pieces--;
        bursting -= view.capacity();
        if (view.mark != NOBODY) {
            sources.remove((int) view.mark);
        }
        freeViews.push(view);
    }

    /** Gives what was added to the operating system, as far as it takes it and a burst allows. */
    void flush() {
        if (pieces == 0 && handed < head && calls.isPresent()) {
            sendPast(calls.get());
        }
        seal();
        if (waiting()) {
            do {
                hand();
            } while (waiting());
            channel.unsafe().flush();
        }
    }

    /** A run of the ring with nothing before it goes without the channel; what the system does not take goes by it. */
    private void sendPast(SocketCalls socket) {
        int sent = socket.send(ring + (handed & ringBytes - 1), (int) (head - handed));
        if (sent > 0) {
            handed += sent;
            tail = handed;
        }
    }

    private void hand() {
        MemoryView next = waiting.peek();
        int bytes = Math.min(next.readableBytes(), BURST - bursting);
        bursting += bytes;
        if (bytes == next.readableBytes()) {
            waiting.remove();
            channel.unsafe().write(next, channel.voidPromise());
        } else { // window data: a run of the ring is shorter than half a burst
            pieces++;
            MemoryView first = view(NOBODY, next.memoryAddress(), bytes);
            next.aimFull(next.memoryAddress() + bytes, next.readableBytes() - bytes);
            channel.unsafe().write(first, channel.voidPromise());
        }
    }

    /** Whether the operating system has all that was added. */
    boolean empty() {
        return pieces == 0 && handed == head;
    }

    /** Whether {@link #flush} has something to do. */
    boolean waiting() {
        return handed < head || !waiting.isEmpty() && bursting <= BURST / 2;
    }
}
