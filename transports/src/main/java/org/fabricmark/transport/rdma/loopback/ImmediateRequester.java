package org.fabricmark.transport.rdma.loopback;

import org.fabricmark.memory.AddressSpace;
import org.fabricmark.transport.rdma.loopback.Responder.Verdict;
import org.fabricmark.transport.rdma.loopback.SendEntry.Progress;
import org.fabricmark.transport.rdma.verbs.CompletionStatus;
import org.fabricmark.transport.rdma.verbs.QueuePairCapabilities;

/** Executes each request as a whole when it is posted, or as soon as the peer lets it: everything is in order, and seen at once. */
class ImmediateRequester extends Requester {
    ImmediateRequester(LoopbackQueuePair pair, QueuePairCapabilities sizes, boolean signalAll) {
        super(pair, sizes, signalAll);
    }

    @Override
    void advance() {
        if (blocked()) {
            return;
        }
        while (!idle() && execute(entry(head()))) {
            // the next one
        }
    }

    /** Executes the oldest request; answers whether it is over. */
    final boolean execute(SendEntry entry) {
        if (entry.opcode.local()) {
            local(entry);
            return true;
        }
        CompletionStatus kind = checkKind(entry);
        if (kind != CompletionStatus.SUCCESS) {
            fail(entry, kind);
            return true;
        }
        Responder responder = pair.responder(entry);
        if (responder == null) {
            return notAdmitted(entry, Verdict.NOT_READY);
        }
        Verdict verdict;
        pair.enter(responder);
        try {
            verdict = connected ? transfer(entry, responder) : datagram(entry, responder);
        } finally {
            pair.leave(responder);
        }
        if (verdict != Verdict.ADMITTED) {
            return notAdmitted(entry, verdict);
        }
        if (entry.status == CompletionStatus.SUCCESS) {
            succeed(entry);
        } else {
            fail(entry, entry.status); // the own end was wrong, after the peer had done its part
        }
        return true;
    }

    /**
     * Executes a request before those in front of it have completed, if nothing is wrong with it; completes nothing.
     *
     * @return whether it is done; when its own end was wrong after the peer had done its part, the entry's status says so
     */
    final boolean executeAhead(SendEntry entry) {
        Responder responder = entry.opcode.local() || checkKind(entry) != CompletionStatus.SUCCESS
                ? null
                : pair.responder(entry);
        if (responder == null) {
            return false;
        }
        pair.enter(responder);
        try {
            if (!connected) {
                return datagram(entry, responder) == Verdict.ADMITTED;
            }
            if (entry.opcode.gathers()) {
                return bring(entry, responder, entry.bytes) == Verdict.ADMITTED
                        && responder.finish(entry) == Verdict.ADMITTED;
            }
            if (admit(entry, responder) != Verdict.ADMITTED) {
                return false;
            }
            fetch(entry, responder);
            return true;
        } finally {
            pair.leave(responder);
        }
    }

    /**
     * Brings the bytes up to {@code end} of a message that is executed next, if nothing is wrong with it; tells nobody.
     *
     * @param end at most its length; what is there already is not brought again
     * @return whether they are there
     */
    final boolean bringAhead(SendEntry entry, long end) {
        Responder responder = checkKind(entry) == CompletionStatus.SUCCESS ? pair.responder(entry) : null;
        if (responder == null) {
            return false;
        }
        pair.enter(responder);
        try {
            if (bring(entry, responder, end) != Verdict.ADMITTED) {
                return false;
            }
            entry.progress = Progress.UNDER_WAY;
            return true;
        } finally {
            pair.leave(responder);
        }
    }

    /** Has a message admitted, or asks whether it still is, and brings its bytes up to {@code end}; the caller is inside. */
    final Verdict bring(SendEntry entry, Responder responder, long end) {
        Verdict verdict = entry.progress == Progress.QUEUED ? admit(entry, responder) : responder.admitAgain(entry);
        if (verdict == Verdict.ADMITTED) {
            MessageCopy.copy(entry.local, entry.remote, entry.landed, end - entry.landed);
            entry.landed = end;
        }
        return verdict;
    }

    private static Verdict admit(SendEntry entry, Responder responder) {
        if (entry.status != CompletionStatus.SUCCESS) {
            entry.status = CompletionStatus.SUCCESS; // of an earlier try, when what is in front of it was not done yet
        }
        return responder.admit(entry);
    }

    private Verdict transfer(SendEntry entry, Responder responder) {
        boolean brings = entry.opcode.gathers();
        Verdict verdict = brings ? bring(entry, responder, entry.bytes) : admit(entry, responder);
        if (verdict == Verdict.ADMITTED) {
            if (brings) {
                verdict = responder.finish(entry);
            } else {
                fetch(entry, responder);
            }
        }
        if (verdict == Verdict.REFUSED) {
            responder.refuse(entry);
        }
        return verdict;
    }

    /** Reads, or does an atomic. The peer does its part first; only then the own memory is looked at. */
    final void fetch(SendEntry entry, Responder responder) {
        long before = entry.opcode.atomic() ? responder.atomic(entry) : 0;
        CompletionStatus own = resolveLocal(entry);
        if (own != CompletionStatus.SUCCESS) {
            entry.status = own;
            return;
        }
        if (!entry.opcode.atomic()) {
            MessageCopy.copy(entry.remote, entry.local, 0, entry.bytes);
        } else if (entry.local.size == 1 && (entry.local.addresses[0] & Long.BYTES - 1) == 0) {
            AddressSpace.setLongRelease(entry.local.addresses[0], before);
        } else {
            scatter(before, entry.local);
        }
    }

    private static void scatter(long value, Pieces to) {
        int shift = 0;
        for (int i = 0; i < to.size; i++) {
            for (long at = 0; at < to.lengths[i]; at++) {
                int byteOfOrder = AddressSpace.ORDER == java.nio.ByteOrder.LITTLE_ENDIAN ? shift : 56 - shift;
                AddressSpace.setByte(to.addresses[i] + at, (byte) (value >>> byteOfOrder));
                shift += Byte.SIZE;
            }
        }
    }

    private Verdict datagram(SendEntry entry, Responder responder) {
        pair.prependHeader(entry);
        responder.datagram(entry, pair.queueKeyFor(entry), LoopbackAddressHandle.HEADER_BYTES);
        return Verdict.ADMITTED;
    }
}
