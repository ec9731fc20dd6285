package org.fabricmark.transport.rdma.loopback;

import org.fabricmark.transport.rdma.loopback.SendEntry.Progress;
import org.fabricmark.transport.rdma.verbs.CompletionStatus;
import org.fabricmark.transport.rdma.verbs.CostModel;
import org.fabricmark.transport.rdma.verbs.QueuePairCapabilities;

/**
 * Executes requests in order, each when a device of hardware would have: after the doorbell, the port's other messages, its own time on the
 * wire; and completes them when the acknowledgement would be back. What is measured over it is the model, and the software around it.
 *
 * <p>Thread rule: the context's thread.
 */
final class ModelledRequester extends ImmediateRequester {
    private final CostModel model;
    private final ModelledPort port;
    private long executed;

    ModelledRequester(
            LoopbackQueuePair pair, QueuePairCapabilities sizes, boolean signalAll, CostModel model,
            ModelledPort port) {
        super(pair, sizes, signalAll);
        this.model = model;
        this.port = port;
    }

    @Override
    void arrive(SendEntry entry) {
        long now = System.nanoTime();
        long onWire = entry.opcode.gathers() ? entry.bytes : 0;
        long sent = port.send(now + (entry.inline ? model.doorbellNanos() / 2 : model.doorbellNanos()), onWire, model);
        entry.due = sent + model.wireNanos();
        long back = entry.opcode.gathers() ? 0 : model.busyNanos(entry.bytes);
        entry.acknowledged = entry.due + model.wireNanos() + back;
    }

    @Override
    void advance() {
        long now = System.nanoTime();
        executed = Math.max(executed, head());
        while (!idle()) {
            SendEntry oldest = entry(head());
            if (oldest.progress == Progress.DONE && now - oldest.acknowledged >= 0) {
                acknowledge(oldest);
            } else if (executed == posted() || !executeNext(now)) {
                return;
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
        if (!pair.sends() || blocked() || now - next.due < 0) {
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

    @Override
    boolean underWay() {
        return executed > head();
    }
}
