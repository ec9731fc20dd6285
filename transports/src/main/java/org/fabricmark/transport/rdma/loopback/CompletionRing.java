package org.fabricmark.transport.rdma.loopback;

import org.fabricmark.transport.rdma.verbs.CompletionOpcode;
import org.fabricmark.transport.rdma.verbs.CompletionStatus;
import org.fabricmark.transport.rdma.verbs.WorkCompletion;

/** Completions of sends that nobody has polled yet. Thread rule: the context's thread. */
final class CompletionRing {
    private final LoopbackQueuePair[] pairs;
    private final long[] ids;
    private final CompletionStatus[] statuses;
    private final CompletionOpcode[] opcodes;
    private final int[] bytes;
    private final long[] positions;
    private long added;
    private long taken;

    /** @param capacity a power of two */
    CompletionRing(int capacity) {
        pairs = new LoopbackQueuePair[capacity];
        ids = new long[capacity];
        statuses = new CompletionStatus[capacity];
        opcodes = new CompletionOpcode[capacity];
        bytes = new int[capacity];
        positions = new long[capacity];
    }

    int capacity() {
        return ids.length;
    }

    int size() {
        return (int) (added - taken);
    }

    boolean full() {
        return added - taken == ids.length;
    }

    void add(LoopbackQueuePair pair, long id, CompletionStatus status, CompletionOpcode opcode, int count,
            long position) {
        int at = (int) added & ids.length - 1;
        if (pairs[at] != pair) { // a reference that is stored costs the collector's bookkeeping
            pairs[at] = pair;
        }
        ids[at] = id;
        if (statuses[at] != status) {
            statuses[at] = status;
        }
        if (opcodes[at] != opcode) {
            opcodes[at] = opcode;
        }
        bytes[at] = count;
        positions[at] = position;
        added++;
    }

    void take(WorkCompletion into) {
        int at = (int) taken & ids.length - 1;
        taken++;
        into.set(ids[at], statuses[at], pairs[at].number().value(), 0);
        into.describe(opcodes[at], bytes[at], 0, 0, 0);
        pairs[at].requester().reclaim(positions[at]);
    }

    /** Takes out all of {@code pair}; the others keep their order. */
    void remove(LoopbackQueuePair pair) {
        CompletionRing rest = new CompletionRing(ids.length);
        copyTo(rest, pair);
        copyBack(rest);
    }

    CompletionRing resized(int capacity) {
        CompletionRing larger = new CompletionRing(capacity);
        copyTo(larger, null);
        return larger;
    }

    private void copyTo(CompletionRing other, LoopbackQueuePair without) {
        for (long i = taken; i < added; i++) {
            int at = (int) i & ids.length - 1;
            if (pairs[at] != without) {
                other.add(pairs[at], ids[at], statuses[at], opcodes[at], bytes[at], positions[at]);
            }
        }
    }

    private void copyBack(CompletionRing rest) {
        added = taken;
        rest.copyTo(this, null);
    }
}
