package org.fabricmark.transport.rdma.loopback;

import org.agrona.concurrent.NanoClock;
import org.fabricmark.transport.rdma.verbs.Context;
import org.fabricmark.transport.rdma.verbs.Device;
import org.fabricmark.transport.rdma.verbs.FabricSpec;
import org.fabricmark.transport.rdma.verbs.QueuePairCapabilities;
import org.fabricmark.transport.rdma.verbs.QueuePairNumber;
import org.fabricmark.transport.rdma.verbs.VerbsProvider;

/** The one device of a fabric. Each opening is a context with a port of its own. */
final class LoopbackDevice implements Device {
    /** More than a device has, so that no two of a few seeds meet. */
    private static final long QUEUE_PAIRS = 1L << QueuePairNumber.BITS;

    private final LoopbackProvider provider;
    private final FabricSpec fabric;
    private final NanoClock clock;

    LoopbackDevice(LoopbackProvider provider, FabricSpec fabric, NanoClock clock) {
        this.provider = provider;
        this.fabric = fabric;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "loopback0";
    }

    @Override
    public VerbsProvider provider() {
        return provider;
    }

    @Override
    public Context open() {
        Home home = switch (fabric.scope()) {
            case PROCESS -> new ProcessHome(fabric.name());
            case HOST -> new HostHome();
        };
        return new LoopbackContext(this, home, kind(), clock);
    }

    private RequesterKind kind() {
        if (fabric.model().delays()) {
            ModelledPort port = new ModelledPort();
            return (pair, sizes, signalAll) -> new ModelledRequester(pair, sizes, signalAll, fabric.model(), port);
        }
        if (fabric.losses().loses()) {
            return (pair, sizes, signalAll) -> new LossyRequester(pair, sizes, signalAll, fabric.losses());
        }
        return switch (fabric.order()) {
            case STRONG -> ImmediateRequester::new;
            case PLACED -> (pair, sizes, signalAll) -> shuffled(pair, sizes, signalAll, false);
            case ADVERSARIAL -> (pair, sizes, signalAll) -> shuffled(pair, sizes, signalAll, true);
        };
    }

    private Requester shuffled(
            LoopbackQueuePair pair, QueuePairCapabilities sizes, boolean signalAll, boolean overtaking) {
        Lot lot = new Lot(fabric.seed() * QUEUE_PAIRS + pair.number().value());
        return new ShuffledRequester(pair, sizes, signalAll, overtaking, lot);
    }
}
