package org.fabricmark.transport.rdma.verbs.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.fabricmark.transport.rdma.verbs.CompletionQueue;
import org.fabricmark.transport.rdma.verbs.PostStatus;
import org.fabricmark.transport.rdma.verbs.QueuePair;
import org.fabricmark.transport.rdma.verbs.QueuePairState;
import org.fabricmark.transport.rdma.verbs.ReceiveRequest;
import org.fabricmark.transport.rdma.verbs.SendFlag;
import org.fabricmark.transport.rdma.verbs.SendRequest;

/**
 * One queue pair of a link, with the queues that its completions come to.
 *
 * @param end where it is
 * @param pair the queue pair
 * @param sends completions of its send queue
 * @param receives completions of its receives
 */
record Side(End end, QueuePair pair, CompletionQueue sends, CompletionQueue receives) {
    QueuePairState state() {
        return pair.state();
    }

    /** Posts {@code requests} one by one, signalled. */
    void post(SendRequest... requests) {
        for (SendRequest each : requests) {
            postQuietly(each.flag(SendFlag.SIGNALED));
        }
    }

    /** Posts {@code requests} one by one, as they are. */
    void postQuietly(SendRequest... requests) {
        for (SendRequest each : requests) {
            assertEquals(PostStatus.POSTED, pair.postSend(each), () -> "request " + each.id());
        }
    }

    void receive(ReceiveRequest... requests) {
        for (ReceiveRequest each : requests) {
            assertEquals(PostStatus.POSTED, pair.postReceive(each), () -> "receive " + each.id());
        }
    }

    /** Posts receives of no memory, for those that only count. */
    void receiveNothing(long firstId, int count) {
        for (int i = 0; i < count; i++) {
            receive(Requests.receive(firstId + i));
        }
    }
}
