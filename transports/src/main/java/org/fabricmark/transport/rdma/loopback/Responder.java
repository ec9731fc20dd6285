package org.fabricmark.transport.rdma.loopback;

import org.fabricmark.memory.AddressSpace;
import org.fabricmark.transport.rdma.loopback.Neighbour.NeighbourGoneException;
import org.fabricmark.transport.rdma.verbs.AccessFlag;
import org.fabricmark.transport.rdma.verbs.CompletionFlag;
import org.fabricmark.transport.rdma.verbs.CompletionOpcode;
import org.fabricmark.transport.rdma.verbs.CompletionStatus;
import org.fabricmark.transport.rdma.verbs.SendOpcode;
import org.fabricmark.transport.rdma.verbs.ServiceType;

/**
 * What a peer's device does with a request: checks it, lets its bytes in, tells its program. Here the requester's thread does it, in the
 * peer's memory: there is no device, and the peer need not be in any call.
 *
 * <p>Checks and their order, and what each refusal does to the peer, are those of the InfiniBand specification, volume 1, section 9.9.
 *
 * <p>Thread rule: the requester's thread, while it is inside.
 */
final class Responder {
    /** What a peer says to a request. */
    enum Verdict {
        /** It may go on. */
        ADMITTED,
        /** No queue pair answers. */
        NOT_READY,
        /** No receive is posted. */
        NO_RECEIVE,
        /** It is wrong, as the entry's status says. */
        REFUSED,
        /** It is dropped, and nobody is told. */
        LOST
    }

    private static final int WITH_IMM = 1 << CompletionFlag.WITH_IMM.ordinal();
    private static final int WITH_INV = 1 << CompletionFlag.WITH_INV.ordinal();
    private static final int WORD = Long.BYTES;
    private static final CompletionOpcode[] AT_RECEIVER = new CompletionOpcode[SendOpcode.values().length];

    static {
        for (SendOpcode opcode : SendOpcode.values()) {
            AT_RECEIVER[opcode.ordinal()] = opcode == SendOpcode.RDMA_WRITE_WITH_IMM
                    ? CompletionOpcode.RECV_RDMA_WITH_IMM
                    : CompletionOpcode.RECV;
        }
    }

    private final PeerQueuePair peer;
    private final PeerReceives receives;
    private final long requester;
    private final int requesterNumber;
    private final boolean reliable;
    private final ResolvedKey remoteKey = new ResolvedKey();

    /** @param requester as {@link LoopbackLayout#peer} writes it */
    Responder(PeerQueuePair peer, long requester, int requesterNumber, ServiceType service) {
        this.peer = peer;
        this.requester = requester;
        this.requesterNumber = requesterNumber;
        this.reliable = service == ServiceType.RELIABLE_CONNECTION;
        receives = new PeerReceives(peer, !service.connected());
    }

    PeerQueuePair peer() {
        return peer;
    }

    /** Checks a request of a connection; its remote end is known when it is admitted. Changes nothing at the peer but who has a receive. */
    Verdict admit(SendEntry entry) {
        if (!peer.answers(requester)) {
            return Verdict.NOT_READY;
        }
        peer.noteArrival();
        try {
            return check(entry);
        } catch (NeighbourGoneException e) {
            peer.neighbour().look();
            return Verdict.NOT_READY;
        }
    }

    private Verdict check(SendEntry entry) {
        return switch (entry.opcode) {
            case RDMA_WRITE -> remote(entry, AccessFlag.REMOTE_WRITE);
            case RDMA_WRITE_WITH_IMM -> {
                Verdict verdict = remote(entry, AccessFlag.REMOTE_WRITE);
                yield verdict == Verdict.ADMITTED && !receives.take(entry, 0) ? Verdict.NO_RECEIVE : verdict;
            }
            case RDMA_READ -> peer.reads() == 0 ? invalid(entry) : remote(entry, AccessFlag.REMOTE_READ);
            case COMPARE_AND_SWAP, FETCH_AND_ADD -> peer.reads() == 0 || (entry.remoteAddress & WORD - 1) != 0
                    ? invalid(entry)
                    : remote(entry, AccessFlag.REMOTE_ATOMIC);
            case SEND, SEND_WITH_IMM, SEND_WITH_INV -> message(entry);
            case LOCAL_INVALIDATE, BIND_MEMORY_WINDOW -> throw new AssertionError(entry.opcode);
        };
    }

    private Verdict remote(SendEntry entry, AccessFlag access) {
        if ((peer.access() & access.bit()) == 0) {
            return invalid(entry);
        }
        if (entry.bytes == 0) { // neither address nor key count
            entry.remote.clear();
            return Verdict.ADMITTED;
        }
        long address = remoteKey.address(
                peer.neighbour(), entry.remoteKey, peer.domain(), peer.number(), entry.remoteAddress, entry.bytes,
                access.bit());
        if (address < 0) {
            return refused(entry, CompletionStatus.REMOTE_ACCESS_ERROR, LoopbackLayout.CAUSE_ACCESS);
        }
        entry.remote.only(address, entry.bytes);
        return Verdict.ADMITTED;
    }

    private Verdict message(SendEntry entry) {
        if (!receives.take(entry, 0)) {
            return Verdict.NO_RECEIVE;
        }
        return switch (receives.resolve(entry, 0)) {
            case SUCCESS -> Verdict.ADMITTED;
            case LOCAL_LENGTH_ERROR -> refused(entry, CompletionStatus.REMOTE_INVALID_REQUEST_ERROR, 0);
            default -> refused(entry, CompletionStatus.REMOTE_OPERATION_ERROR, 0);
        };
    }

    private Verdict invalid(SendEntry entry) {
        return refused(
                entry, CompletionStatus.REMOTE_INVALID_REQUEST_ERROR, LoopbackLayout.CAUSE_INVALID_REQUEST);
    }

    private Verdict refused(SendEntry entry, CompletionStatus status, long cause) {
        entry.status = status;
        entry.cause = cause;
        return reliable ? Verdict.REFUSED : Verdict.LOST;
    }

    /** What a refusal does at the peer: its receive, if there is one, ends with an error, and it goes into the error state. */
    void refuse(SendEntry entry) {
        CompletionStatus atReceiver = switch (entry.status) {
            case REMOTE_ACCESS_ERROR -> entry.opcode == SendOpcode.SEND_WITH_INV
                    ? CompletionStatus.LOCAL_QP_OPERATION_ERROR
                    : CompletionStatus.LOCAL_ACCESS_ERROR;
            case REMOTE_OPERATION_ERROR -> CompletionStatus.LOCAL_PROTECTION_ERROR;
            default -> CompletionStatus.LOCAL_LENGTH_ERROR;
        };
        boolean reports = entry.opcode.consumesReceive()
                && (entry.receive >= 0 || entry.cause == LoopbackLayout.CAUSE_ACCESS && receives.take(entry, 0));
        if (reports) {
            receives.complete(entry, atReceiver, AT_RECEIVER[entry.opcode.ordinal()], 0, 0, 0, 0);
        }
        peer.fail(entry.cause);
    }

    /** Whether a request that was admitted still is: the peer and its memory may have gone since. */
    Verdict admitAgain(SendEntry entry) {
        try {
            return peer.answers(requester) ? checkAgain(entry) : Verdict.NOT_READY;
        } catch (NeighbourGoneException e) {
            peer.neighbour().look();
            return Verdict.NOT_READY;
        }
    }

    private Verdict checkAgain(SendEntry entry) {
        return switch (entry.opcode) {
            case RDMA_WRITE, RDMA_WRITE_WITH_IMM -> remote(entry, AccessFlag.REMOTE_WRITE);
            case RDMA_READ -> remote(entry, AccessFlag.REMOTE_READ);
            case SEND, SEND_WITH_IMM, SEND_WITH_INV -> message(entry);
            default -> Verdict.ADMITTED;
        };
    }

    /** A message of a service without acknowledgement will not be completed: its receive is there for the next one. */
    void abandon(SendEntry entry) {
        if (peer.answers(requester)) {
            receives.giveBack(entry);
        }
    }

    /** Whether the peer is still there to be told. */
    boolean present() {
        return peer.answers(requester);
    }

    /** Does an atomic on the peer's word; answers what was there. */
    long atomic(SendEntry entry) {
        long word = entry.remote.addresses[0];
        return entry.opcode == SendOpcode.FETCH_AND_ADD
                ? AddressSpace.getAndAddLong(word, entry.operand)
                : AddressSpace.compareAndExchangeLong(word, entry.operand, entry.swap);
    }

    /** All bytes are in place: the peer's program is told, if the request tells it anything. */
    Verdict finish(SendEntry entry) {
        switch (entry.opcode) {
            case SEND -> tell(entry, 0, 0);
            case SEND_WITH_IMM, RDMA_WRITE_WITH_IMM -> tell(entry, WITH_IMM, entry.immediate);
            case SEND_WITH_INV -> {
                if (!invalidate(entry.remoteKey)) {
                    return refused(entry, CompletionStatus.REMOTE_ACCESS_ERROR, LoopbackLayout.CAUSE_ACCESS);
                }
                tell(entry, WITH_INV, entry.remoteKey);
            }
            default -> {}
        }
        return Verdict.ADMITTED;
    }

    private void tell(SendEntry entry, int flags, int extra) {
        receives.complete(
                entry, CompletionStatus.SUCCESS, AT_RECEIVER[entry.opcode.ordinal()], entry.bytes, flags, extra, 0);
    }

    /** Closes a window of the peer that is tied to its queue pair: nobody but this requester can be inside through it. */
    private boolean invalidate(int key) {
        long found = KeyTable.find(peer.neighbour().block(), key);
        if (found == 0 || (KeyTable.access(found) & KeyTable.TIED) == 0
                || AddressSpace.getInt(found + LoopbackLayout.KEY_PAIR) != peer.number()) {
            return false;
        }
        AddressSpace.setLongRelease(found, 0);
        return true;
    }

    /**
     * Checks and delivers a datagram, whose first piece is the header.
     *
     * @param header bytes of the header
     */
    void datagram(SendEntry entry, int queueKey, int header) {
        long bytes = entry.bytes + header;
        if (!peer.listens(ServiceType.UNRELIABLE_DATAGRAM.ordinal()) || peer.queueKey() != queueKey) {
            return;
        }
        try {
            deliver(entry, bytes, header);
        } catch (NeighbourGoneException e) {
            peer.neighbour().look(); // and so the datagram is lost
        }
    }

    private void deliver(SendEntry entry, long bytes, int header) {
        if (!receives.take(entry, bytes)) {
            return;
        }
        peer.noteArrival();
        int flags = 1 << CompletionFlag.GRH.ordinal()
                | (entry.opcode == SendOpcode.SEND_WITH_IMM ? WITH_IMM : 0);
        CompletionStatus status = receives.resolve(entry, header);
        if (status == CompletionStatus.SUCCESS) {
            MessageCopy.copy(entry.local, entry.remote, 0, bytes);
        }
        receives.complete(
                entry, status, CompletionOpcode.RECV, bytes, flags, entry.immediate, requesterNumber);
        if (status != CompletionStatus.SUCCESS) {
            peer.fail(0);
        }
    }
}
