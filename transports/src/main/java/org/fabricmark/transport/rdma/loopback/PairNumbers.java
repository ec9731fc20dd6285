package org.fabricmark.transport.rdma.loopback;

import java.util.ArrayDeque;
import org.fabricmark.transport.rdma.verbs.QueuePairNumber;
import org.fabricmark.transport.rdma.verbs.VerbsException;

/**
 * Numbers of queue pairs: a place, lower bits, and how often that was used, upper bits. A number comes again only after all places have
 * been used some ten thousand times, so that nothing meant for a queue pair reaches the next one at its place.
 *
 * <p>Thread rule: the context's thread.
 */
final class PairNumbers {
    private static final int FIRST = 1;
    private static final int LAST = (1 << QueuePairNumber.BITS) / LoopbackLayout.PAIRS - 2;

    private final ArrayDeque<Integer> free = new ArrayDeque<>();
    private final int[] uses = new int[LoopbackLayout.PAIRS];

    PairNumbers() {
        for (int place = 0; place < LoopbackLayout.PAIRS; place++) {
            free.add(place);
        }
    }

    QueuePairNumber take() {
        Integer place = free.poll();
        if (place == null) {
            throw new VerbsException(VerbsException.Reason.ENOMEM, LoopbackLayout.PAIRS + " queue pairs exist");
        }
        uses[place] = uses[place] == LAST ? FIRST : uses[place] + 1;
        return new QueuePairNumber(uses[place] * LoopbackLayout.PAIRS + place);
    }

    void giveBack(QueuePairNumber number) {
        free.add(number.value() & LoopbackLayout.PAIRS - 1);
    }
}
