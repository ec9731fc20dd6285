package org.fabricmark.transport.rdma.loopback;

import org.fabricmark.memory.AddressSpace;
import org.fabricmark.transport.rdma.verbs.CompletionOpcode;
import org.fabricmark.transport.rdma.verbs.CompletionStatus;
import org.fabricmark.transport.rdma.verbs.PostStatus;
import org.fabricmark.transport.rdma.verbs.ReceiveRequest;
import org.fabricmark.transport.rdma.verbs.WorkCompletion;

/**
 * The receives of one queue pair, at their owner: posted into a ring that the peer completes in place, and polled from there. With a
 * shared receive queue the ring has completions only.
 *
 * <p>Thread rule: the context's thread.
 */
final class ReceiveQueue {
    /** Above opcode and flags in an entry. */
    static final int SOLICITED = 1 << 16;

    private static final CompletionStatus[] STATUSES = CompletionStatus.values();
    private static final CompletionOpcode[] OPCODES = CompletionOpcode.values();
    private static final int BYTE = 0xff;

    private final LoopbackQueuePair pair;
    private final int number;
    private final long line;
    private final long ring;
    private final int entries;
    private final int stride;
    private final int maxSegments;
    private final LoopbackSharedReceiveQueue shared;
    private final long[] ids;
    private long posted;
    private long polled;
    private boolean flushing;

    /**
     * @param entries how many, a power of two
     * @param shared where receives come from, or null
     */
    ReceiveQueue(
            LoopbackQueuePair pair, long line, long ring, int entries, int stride, int maxSegments,
            LoopbackSharedReceiveQueue shared) {
        this.pair = pair;
        number = pair.number().value();
        this.line = line;
        this.ring = ring;
        this.entries = entries;
        this.stride = stride;
        this.maxSegments = maxSegments;
        this.shared = shared;
        ids = new long[shared == null ? entries : 0];
        for (int i = 0; i < entries && shared != null; i++) {
            AddressSpace.setInt(entry(i) + LoopbackLayout.ENTRY_SLOT, LoopbackLayout.NO_SLOT);
        }
    }

    static int stride(int segments) {
        return LoopbackLayout.ENTRY_PIECES + LoopbackLayout.piecesBytes(segments);
    }

    LoopbackQueuePair pair() {
        return pair;
    }

    LoopbackSharedReceiveQueue shared() {
        return shared;
    }

    /** Posts one; see {@link org.fabricmark.transport.rdma.verbs.QueuePair#postReceive}. */
    PostStatus post(ReceiveRequest request) {
        if (shared != null || request.segments() > maxSegments) {
            return PostStatus.INVALID;
        }
        if (posted - polled == entries) {
            return PostStatus.QUEUE_FULL;
        }
        write(entry(posted) + LoopbackLayout.ENTRY_PIECES, request);
        ids[(int) posted & entries - 1] = request.id();
        posted++;
        AddressSpace.setLongRelease(line + LoopbackLayout.PAIR_POSTED, posted);
        return PostStatus.POSTED;
    }

    static void write(long list, ReceiveRequest request) {
        int count = request.segments();
        AddressSpace.setInt(list + LoopbackLayout.PIECES_COUNT, count);
        for (int i = 0; i < count; i++) {
            long piece = list + LoopbackLayout.PIECES_FIRST + (long) i * LoopbackLayout.PIECE_BYTES;
            AddressSpace.setLong(piece, request.address(i));
            AddressSpace.setInt(piece + LoopbackLayout.PIECE_LENGTH, request.length(i));
            AddressSpace.setInt(piece + LoopbackLayout.PIECE_KEY, request.key(i));
        }
    }

    private long entry(long sequence) {
        return ring + (sequence & entries - 1) * stride;
    }

    /** Takes the next completion out, if there is one. */
    boolean poll(WorkCompletion into) {
        if (flushing && shared != null) {
            skipUnknown();
        }
        long at = entry(polled);
        if (AddressSpace.getLongAcquire(at + LoopbackLayout.ENTRY_SEQUENCE) == polled + 1) {
            read(at, into);
            polled++;
            return true;
        }
        if (flushing && polled < posted) {
            into.set(id(at), CompletionStatus.WORK_REQUEST_FLUSHED, number, 0);
            polled++;
            return true;
        }
        return false;
    }

    /** What the receive at {@code at}, the first that was not polled, was called; its place is free. */
    private long id(long at) {
        if (shared == null) {
            return ids[(int) polled & entries - 1];
        }
        int slot = AddressSpace.getInt(at + LoopbackLayout.ENTRY_SLOT);
        AddressSpace.setInt(at + LoopbackLayout.ENTRY_SLOT, LoopbackLayout.NO_SLOT);
        return shared.giveBack(slot);
    }

    /** Where a shared receive was never written down, because its taker was killed at that moment, there is nothing to give back. */
    private void skipUnknown() {
        while (polled < posted && !arrived(polled)
                && AddressSpace.getInt(entry(polled) + LoopbackLayout.ENTRY_SLOT) == LoopbackLayout.NO_SLOT) {
            polled++;
        }
    }

    private void read(long at, WorkCompletion into) {
        into.set(id(at), STATUSES[AddressSpace.getInt(at + LoopbackLayout.ENTRY_STATUS)], number, 0);
        int kind = AddressSpace.getInt(at + LoopbackLayout.ENTRY_OPCODE);
        into.describe(
                OPCODES[kind & BYTE], AddressSpace.getInt(at + LoopbackLayout.ENTRY_BYTES), kind >>> Byte.SIZE & BYTE,
                AddressSpace.getInt(at + LoopbackLayout.ENTRY_EXTRA),
                AddressSpace.getInt(at + LoopbackLayout.ENTRY_SOURCE));
    }

    /** Where the first completion will be that is not there yet. */
    long end() {
        long end = polled;
        while (ready(end)) {
            end++;
        }
        return end;
    }

    /** How many completions could be polled now. */
    long ready() {
        return end() - polled;
    }

    /** Whether completion {@code sequence} is there. */
    boolean ready(long sequence) {
        return arrived(sequence) || flushing && sequence < posted;
    }

    private boolean arrived(long sequence) {
        return AddressSpace.getLongAcquire(entry(sequence) + LoopbackLayout.ENTRY_SEQUENCE) == sequence + 1;
    }

    /** Whether a completion that is there was asked for by its sender, or is an error. */
    boolean solicited(long sequence) {
        return !arrived(sequence)
                || AddressSpace.getInt(entry(sequence) + LoopbackLayout.ENTRY_STATUS) != CompletionStatus.SUCCESS
                        .ordinal()
                || (AddressSpace.getInt(entry(sequence) + LoopbackLayout.ENTRY_OPCODE) & SOLICITED) != 0;
    }

    /**
     * The queue pair is in error, and nobody is inside: what was not used is flushed from now on. Of a shared queue that is what messages
     * took that have not ended; the rest is for others.
     */
    void flush() {
        flushing = true;
        if (shared != null) {
            posted = AddressSpace.getLongAcquire(line + LoopbackLayout.PAIR_USED);
        }
    }

    /** Forgets what is posted, and completions that nobody has polled; nobody is inside. */
    void reset() {
        long next = Math.max(posted, AddressSpace.getLong(line + LoopbackLayout.PAIR_USED));
        if (shared != null) {
            posted = next;
            for (skipUnknown(); polled < next; skipUnknown()) {
                id(entry(polled++));
            }
        }
        posted = next;
        polled = next;
        flushing = false;
        AddressSpace.setLong(line + LoopbackLayout.PAIR_USED, next);
        AddressSpace.setLongRelease(line + LoopbackLayout.PAIR_POSTED, next);
    }

    long ring() {
        return ring;
    }

    int entries() {
        return entries;
    }

    int stride() {
        return stride;
    }
}
