package org.fabricmark.transport.rdma.loopback;

import org.fabricmark.transport.rdma.loopback.SendEntry.Progress;
import org.fabricmark.transport.rdma.verbs.CompletionStatus;
import org.fabricmark.transport.rdma.verbs.CostModel;
import org.fabricmark.transport.rdma.verbs.PathMtu;
import org.fabricmark.transport.rdma.verbs.QueuePairCapabilities;
import org.fabricmark.transport.rdma.verbs.ServiceType;

/**
 * Executes requests in order, each when a device of hardware would have: after the doorbell, the port's other messages, its own time on the
 * wire; and completes them when the acknowledgement would be back. What is measured over it is the model, and the software around it.
 *
 * <p>All times are counted from posting. Bytes of a long message are copied when their packets would have landed, not after the last of
 * them: so the copy takes its time while the model's goes by, and a message is done at the later of the two, not after their sum.
 *
 * <p>Thread rule: the context's thread.
 */
final class ModelledRequester extends ImmediateRequester {
    private final CostModel model;
    private final ModelledPort port;
    private final boolean acknowledges;
    private long begun;
    private long executed;

    ModelledRequester(
            LoopbackQueuePair pair, QueuePairCapabilities sizes, boolean signalAll, CostModel model,
            ModelledPort port) {
        super(pair, sizes, signalAll);
        this.model = model;
        this.port = port;
        acknowledges = pair.service() == ServiceType.RELIABLE_CONNECTION;
    }

    private PathMtu path() {
        return connected ? pair.attributes().pathMtu() : model.mtu();
    }

    /** Begins what was posted, as one ring of the doorbell: from now on its time goes by. */
    private void begin() {
        long now = context.now();
        for (begun = Math.max(begun, head()); begun < posted(); begun++) {
            begin(entry(begun), now);
        }
    }

    private void begin(SendEntry entry, long now) {
        long ready = now + model.beginNanos(entry.inline);
        if (entry.opcode.local()) {
            entry.due = ready; // nothing leaves the device
            entry.acknowledged = ready;
            return;
        }
        boolean carries = entry.opcode.gathers();
        long busy = model.busyNanos(carries ? entry.bytes : 0, path());
        entry.leaves = port.out().take(ready, busy);
        entry.due = entry.leaves + busy + model.wireNanos();
        if (carries) {
            entry.acknowledged = acknowledges ? entry.due + model.wireNanos() : entry.due;
        } else {
            long response = model.busyNanos(entry.bytes, path());
            entry.acknowledged = port.in().take(entry.due + model.wireNanos(), response) + response;
        }
    }

    @Override
    void advance() {
        if (pair.sends()) {
            begin();
        }
        executed = Math.max(executed, head());
        boolean moved = true;
        while (!idle() && moved) {
            long now = context.now(); // anew: a copy has taken its time
            SendEntry oldest = entry(head());
            if (oldest.progress == Progress.DONE && now - oldest.acknowledged >= 0) {
                acknowledge(oldest);
            } else {
                moved = executed < begun && executeNext(now);
            }
            executed = Math.max(executed, head());
        }
    }

    private void acknowledge(SendEntry entry) {
        if (entry.status == CompletionStatus.SUCCESS) {
            succeed(entry);
        } else {
            fail(entry, entry.status);
        }
    }

    private boolean executeNext(long now) {
        SendEntry next = entry(executed);
        if (blocked() || executed > head() && entry(executed - 1).status != CompletionStatus.SUCCESS) {
            return false; // behind a request whose own end is wrong nothing is done, also while its answer is on its way
        }
        if (now - next.due < 0) {
            bringWhatHasLanded(next, now);
            return false;
        }
        if (executeAhead(next)) {
            next.progress = Progress.DONE;
            executed++;
            return true;
        }
        // Something is wrong with it, or the peer is not ready: that is told, or waited for, when it is the oldest.
        return executed == head() && execute(next);
    }

    private void bringWhatHasLanded(SendEntry next, long now) {
        if (connected && next.opcode.gathers()) {
            long landed = model.leftAfter(now - next.leaves - model.wireNanos(), next.bytes, path());
            if (landed > next.landed) {
                bringAhead(next, landed);
            }
        }
    }

    @Override
    boolean underWay() {
        return begun > head();
    }
}
