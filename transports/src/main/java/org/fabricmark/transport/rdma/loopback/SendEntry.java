package org.fabricmark.transport.rdma.loopback;

import org.fabricmark.transport.rdma.verbs.CompletionStatus;
import org.fabricmark.transport.rdma.verbs.SendFlag;
import org.fabricmark.transport.rdma.verbs.SendOpcode;
import org.fabricmark.transport.rdma.verbs.SendRequest;
import org.fabricmark.transport.rdma.verbs.WindowBinding;

/** A place of a send queue: what was posted, and how far it has come. Filled again and again. */
final class SendEntry {
    private static final int EIGHT = Long.BYTES;

    long id;
    SendOpcode opcode;
    boolean signaled;
    boolean solicited;
    boolean fence;
    boolean inline;
    long remoteAddress;
    int remoteKey;
    int immediate;
    long operand;
    long swap;
    LoopbackAddressHandle handle;
    int destination;
    int queueKey;
    LoopbackMemoryWindow window;
    WindowBinding binding;
    long bytes;

    /** As posted. */
    final long[] addresses;

    final int[] lengths;
    final int[] keys;
    int pieces;

    /** By address in this process, once checked: the own end, and the peer's. */
    final Pieces local;

    final Pieces remote;

    /** How far it has come. */
    Progress progress;

    /** For those who do not do everything at once: how many pieces are in place, and in which order they are taken. */
    int placed;

    int order;

    /** How many bytes, from the first one on, have been brought to the peer, where that is done in order. */
    long landed;

    /** When its first packet leaves, by the context's clock, where that is modelled. */
    long leaves;

    /** When it goes on, by the context's clock; or, for how many rounds its completion is held back. */
    long due;

    long acknowledged;

    /** The receive that it was given, or -1. */
    long receive;

    /** Where that is in a shared receive queue. */
    int receiveSlot;

    /** Why the peer refuses it, and what the peer is told. */
    CompletionStatus status;

    long cause;

    /** How far a request has come. */
    enum Progress {
        /** Posted. */
        QUEUED,
        /** Admitted by the peer; bytes are on their way. */
        UNDER_WAY,
        /** All bytes are in place. */
        PLACED,
        /** The peer knows. */
        DONE
    }

    SendEntry(int most) {
        addresses = new long[most];
        lengths = new int[most];
        keys = new int[most];
        local = new Pieces(Math.max(1, most));
        remote = new Pieces(1);
    }

    /** Takes {@code request} over; inline bytes are the caller's to copy. */
    void fill(SendRequest request, boolean signalAll) {
        id = request.id();
        keepReferences(request);
        signaled = signalAll || request.has(SendFlag.SIGNALED);
        solicited = request.has(SendFlag.SOLICITED);
        fence = request.has(SendFlag.FENCE);
        inline = request.has(SendFlag.INLINE);
        remoteAddress = request.remoteAddress();
        remoteKey = request.remoteKey();
        immediate = request.immediate();
        operand = request.operand();
        swap = request.swap();
        destination = request.destination();
        queueKey = request.queueKey();
        pieces = request.segments();
        bytes = 0;
        for (int i = 0; i < pieces; i++) {
            addresses[i] = request.address(i);
            lengths[i] = request.length(i);
            keys[i] = request.key(i);
            bytes += request.length(i);
        }
        placed = 0;
        landed = 0;
        receive = -1;
        cause = 0;
    }

    /** A reference that is stored costs the collector's bookkeeping, and most are what they were. */
    private void keepReferences(SendRequest request) {
        SendOpcode next = request.opcode();
        if (opcode != next) {
            opcode = next;
        }
        if (progress != Progress.QUEUED) {
            progress = Progress.QUEUED;
        }
        if (status != CompletionStatus.SUCCESS) {
            status = CompletionStatus.SUCCESS;
        }
        if (handle != request.handle()) {
            handle = (LoopbackAddressHandle) request.handle();
        }
        if (window != request.window() || binding != request.binding()) {
            window = (LoopbackMemoryWindow) request.window();
            binding = request.binding();
        }
    }

    /** Makes it one of inline bytes, which are at {@code address}. */
    void inlineAt(long address) {
        local.only(address, bytes);
    }

    /** What its completion says of bytes. */
    int completedBytes() {
        return opcode.atomic() ? EIGHT : (int) bytes;
    }
}
