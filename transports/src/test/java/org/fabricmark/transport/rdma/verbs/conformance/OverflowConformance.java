package org.fabricmark.transport.rdma.verbs.conformance;

import static org.fabricmark.transport.rdma.verbs.CompletionOpcode.RDMA_WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.fabricmark.transport.rdma.verbs.AsyncEvent;
import org.fabricmark.transport.rdma.verbs.CompletionQueue;
import org.fabricmark.transport.rdma.verbs.QueuePairAttributes;
import org.fabricmark.transport.rdma.verbs.QueuePairState;
import org.fabricmark.transport.rdma.verbs.WorkCompletion;

/** Completion queues that are full, and more than full. */
public abstract class OverflowConformance extends VerbsConformance {
    /** As {@link VerbsConformance}. */
    protected OverflowConformance(Subject subject) {
        super(subject);
    }

    @Behaviour("V054")
    void shouldTellThatACompletionQueueHasOverflowed() {
        CompletionQueue small = a().queue(4);
        CompletionQueue other = a().queue();
        Side side = new Side(a(), a().pair(RC, small, other), small, other);
        new Link(side, Ends.side(b(), RC)).connect(Connection.USUAL);
        Link bystander = ends().connect();
        Registered from = a().memory(8);
        Registered to = b().memory(8);
        int places = Math.min(small.capacity() + 4, side.pair().capabilities().maxSendRequests());
        for (int i = 0; i < places; i++) {
            side.pair().postSend(Requests.signaled(Requests.write(i, from, 0, to, 0, 8)));
        }
        assertEvent(a(), AsyncEvent.Type.CQ_ERR, small);
        assertEvent(a(), AsyncEvent.Type.QP_FATAL, side.pair());
        assertEquals(QueuePairState.ERR, side.state());
        WorkCompletion[] some = WorkCompletion.array(2 * small.capacity());
        ends().until("a queue of no use", () -> small.poll(some) == -1);
        bystander.a().post(Requests.write(1, from, 0, to, 0, 8));
        assertDone(bystander.a().sends(), 1, RDMA_WRITE);
        ends().assertNoEvent(a());
    }

    @Behaviour("V190")
    void shouldEndAQueuePairWhoseReceiveFindsNoPlaceForItsCompletionAndEndItAgainInItsNextLife() {
        CompletionQueue sends = b().queue();
        CompletionQueue small = b().queue(4);
        Side side = new Side(b(), b().pair(RC, sends, small), sends, small);
        Link link = new Link(Ends.side(a(), RC), side).connect(Connection.USUAL.withTimeout(10, 1));
        side.receiveNothing(0, 2 * small.capacity());
        for (int i = 0; i <= small.capacity(); i++) {
            link.a().postQuietly(Requests.request(i).send());
        }
        WorkCompletion[] none = WorkCompletion.array(0);
        ends().until("an overflow", () -> small.poll(none) == -1);
        assertEvent(b(), AsyncEvent.Type.CQ_ERR, small);
        assertEvent(b(), AsyncEvent.Type.QP_FATAL, side.pair());
        assertEquals(QueuePairState.ERR, side.state());
        assertEquals(-1, small.poll(none));
        ends().assertNoEvent(b());
        link.a().pair().modify(QueuePairAttributes.to(QueuePairState.RESET));
        side.pair().modify(QueuePairAttributes.to(QueuePairState.RESET));
        assertEquals(-1, small.poll(none), "once of no use, always");
        link.connect(Connection.USUAL.withTimeout(10, 1));
        ends().assertNoEvent(b()); // nothing to complete yet
        side.receiveNothing(0, 1);
        link.a().post(Requests.request(1).send());
        ends().until("the next error state", () -> {
            small.poll(none);
            return side.state() == QueuePairState.ERR;
        });
        assertEvent(b(), AsyncEvent.Type.QP_FATAL, side.pair());
    }

    @Behaviour("V189")
    void shouldUseACompletionQueueToItsLastPlace() {
        CompletionQueue queue = a().queue(4);
        CompletionQueue other = a().queue();
        Side side = new Side(a(), a().pair(RC, queue, other), queue, other);
        new Link(side, Ends.side(b(), RC)).connect(Connection.USUAL);
        Registered from = a().memory(8);
        Registered to = b().memory(8);
        int places = Math.min(queue.capacity(), side.pair().capabilities().maxSendRequests());
        for (int round = 0; round < 50; round++) {
            for (int i = 0; i < places; i++) {
                side.post(Requests.write(i, from, 0, to, 0, 8));
            }
            ends().settle();
            for (int i = 0; i < places; i++) {
                assertDone(queue, i, RDMA_WRITE);
            }
        }
        ends().assertNoEvent(a());
    }
}
