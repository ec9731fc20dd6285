package org.fabricmark.transport.rdma.loopback;

import org.fabricmark.transport.rdma.loopback.Responder.Verdict;
import org.fabricmark.transport.rdma.loopback.SendEntry.Progress;
import org.fabricmark.transport.rdma.verbs.CompletionStatus;
import org.fabricmark.transport.rdma.verbs.QueuePairCapabilities;
import org.fabricmark.transport.rdma.verbs.QueuePairState;

/**
 * Executes requests piece by piece over many calls, in an order that is drawn by lot within what {@link OrderingRules} allow: bytes of a
 * write land one by one in any order, writes overtake each other and reads, completions come late. A program that relies on nothing but
 * completions does not notice; one that relies on more is caught, sooner or later, by some seed.
 *
 * <p>Thread rule: the context's thread. Same seed, same calls: same order.
 */
final class ShuffledRequester extends ImmediateRequester {
    /** How many requests may be under way at a time. */
    private static final int WINDOW = 8;

    /** A message is cut into so many pieces at most. */
    private static final int PIECES = 8;

    /** What is aligned to so many bytes lands as a whole where requests do not overtake each other, as on devices. */
    private static final int WORD = Long.BYTES;

    /** For how many calls a completion is held back at most. */
    private static final int LATE = 4;

    private final OrderingRules rules;
    private final boolean wholeWords;
    private final Lot lot;

    /**
     * @param overtaking whether requests may overtake each other, and every byte every other; otherwise only the words of one request do
     * @param lot decides everything
     */
    ShuffledRequester(
            LoopbackQueuePair pair, QueuePairCapabilities sizes, boolean signalAll, boolean overtaking, Lot lot) {
        super(pair, sizes, signalAll);
        this.rules = new OrderingRules(this, overtaking);
        this.wholeWords = !overtaking;
        this.lot = lot;
    }

    @Override
    void arrive(SendEntry entry) {
        entry.order = lot.below(PIECES * PIECES);
        entry.due = lot.below(LATE);
    }

    @Override
    void advance() {
        if (idle() || blocked()) {
            return;
        }
        long end = Math.min(posted(), head() + WINDOW);
        for (long at = head(); at < end && pair.state() != QueuePairState.ERR; at++) {
            SendEntry entry = entry(at);
            if (!step(entry, at) || at < head()) {
                break; // it must be the oldest to go on, and blocks what follows; or the queue was flushed
            }
        }
        retire();
    }

    /** Moves one request on, or not; answers false when those behind it must wait. */
    private boolean step(SendEntry entry, long at) {
        return switch (entry.progress) {
            case QUEUED -> !pair.sends() || begin(entry, at);
            case UNDER_WAY -> place(entry, at);
            case PLACED -> finish(entry, at);
            case DONE -> true;
        };
    }

    private boolean begin(SendEntry entry, long at) {
        if (!rules.mayBegin(entry, at)) {
            return true;
        }
        if (at != head() && lot.below(2) == 0) {
            return true; // not now
        }
        if (entry.opcode.local()) {
            local(entry); // the rules let it only when it is the oldest
            return false;
        }
        CompletionStatus kind = checkKind(entry);
        if (kind != CompletionStatus.SUCCESS) {
            return failAlone(entry, at, kind);
        }
        if (!connected) {
            return at != head() || executeWhole(entry);
        }
        Responder responder = pair.responder(entry);
        Verdict verdict = Verdict.NOT_READY;
        if (responder != null) {
            pair.enter(responder);
            try {
                entry.status = CompletionStatus.SUCCESS; // whatever it was when it was not the oldest yet
                verdict = responder.admit(entry);
                if (verdict == Verdict.REFUSED && at == head()) {
                    responder.refuse(entry);
                }
            } finally {
                pair.leave(responder);
            }
        }
        if (verdict == Verdict.ADMITTED) {
            if (rules.apart(entry, at)) {
                entry.progress = Progress.UNDER_WAY;
            }
            return true;
        }
        if (at != head()) {
            return false; // asked again when it is the oldest: what is before it may change the answer
        }
        notAdmitted(entry, verdict);
        return false;
    }

    private boolean executeWhole(SendEntry entry) {
        execute(entry);
        return false;
    }

    private boolean failAlone(SendEntry entry, long at, CompletionStatus status) {
        if (at == head()) {
            fail(entry, status);
        }
        return false;
    }

    /** Copies some of the pieces that are missing. */
    private boolean place(SendEntry entry, long at) {
        Responder responder = pair.responder(entry);
        CompletionStatus own = entry.opcode.gathers() ? resolveLocal(entry) : CompletionStatus.SUCCESS;
        if (own != CompletionStatus.SUCCESS) {
            return failAlone(entry, at, own);
        }
        Verdict verdict;
        pair.enter(responder);
        try {
            verdict = responder.admitAgain(entry);
            if (verdict == Verdict.ADMITTED) {
                copySome(entry, responder);
            } else if (at == head() && verdict == Verdict.REFUSED) {
                responder.refuse(entry);
            }
        } finally {
            pair.leave(responder);
        }
        if (verdict != Verdict.ADMITTED) {
            if (at == head()) {
                notAdmitted(entry, verdict);
            }
            return false;
        }
        return entry.status == CompletionStatus.SUCCESS || failAlone(entry, at, entry.status);
    }

    private void copySome(SendEntry entry, Responder responder) {
        if (entry.opcode.atomic() || entry.bytes == 0) {
            if (!entry.opcode.gathers()) {
                fetch(entry, responder);
            }
            entry.progress = Progress.PLACED;
            return;
        }
        if (!entry.opcode.gathers()) {
            entry.status = resolveLocal(entry);
            if (entry.status != CompletionStatus.SUCCESS) {
                return;
            }
        }
        int pieces = (int) Math.min(PIECES, wholeWords ? Math.ceilDiv(entry.bytes, WORD) : entry.bytes);
        for (int some = 1 + lot.below(pieces); some > 0 && entry.placed < pieces; some--) {
            copyPiece(entry, pieces);
            entry.placed++;
        }
        if (entry.placed == pieces) {
            entry.progress = Progress.PLACED;
        }
    }

    private void copyPiece(SendEntry entry, int pieces) {
        // An odd stride visits each of 2^n pieces once; of another number of pieces, each once from some start on.
        int stride = pieces == PIECES ? 1 + 2 * (entry.order / PIECES) : 1;
        long piece = (entry.order + (long) entry.placed * stride) % pieces;
        long from = cut(entry, piece, pieces);
        long length = cut(entry, piece + 1, pieces) - from;
        if (length == 0) {
            return; // less than a word, which went with its neighbour
        }
        if (entry.opcode.gathers()) {
            MessageCopy.copy(entry.local, entry.remote, from, length);
        } else {
            MessageCopy.copy(entry.remote, entry.local, from, length);
        }
    }

    /** Where a piece begins; in the middle of a word only where words may be torn. */
    private long cut(SendEntry entry, long piece, int pieces) {
        long at = entry.bytes * piece / pieces;
        if (!wholeWords || piece == 0 || piece == pieces) {
            return at;
        }
        long target = entry.opcode.gathers() ? entry.remote.addresses[0] : entry.local.addresses[0];
        return Math.max(0, at - (target + at & WORD - 1));
    }

    private boolean finish(SendEntry entry, long at) {
        if (entry.status != CompletionStatus.SUCCESS) {
            return failAlone(entry, at, entry.status); // an atomic whose answer has no place
        }
        if (!rules.mayFinish(entry, at)) {
            return true;
        }
        Responder responder = pair.responder(entry);
        Verdict verdict;
        pair.enter(responder);
        try {
            verdict = responder.present() ? responder.finish(entry) : Verdict.NOT_READY;
            if (verdict == Verdict.REFUSED) {
                responder.refuse(entry);
            }
        } finally {
            pair.leave(responder);
        }
        if (verdict == Verdict.ADMITTED) {
            entry.progress = Progress.DONE;
            return true;
        }
        if (at == head()) {
            notAdmitted(entry, verdict);
        }
        return false;
    }

    /** Completes what is done, in order, and late. */
    private void retire() {
        while (!idle() && entry(head()).progress == Progress.DONE) {
            SendEntry entry = entry(head());
            if (entry.due > 0) {
                entry.due--;
                break;
            }
            succeed(entry);
        }
    }

    @Override
    boolean underWay() {
        return !idle() && entry(head()).progress != Progress.QUEUED;
    }
}
