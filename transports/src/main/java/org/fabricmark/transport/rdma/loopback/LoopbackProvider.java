package org.fabricmark.transport.rdma.loopback;

import java.util.List;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;
import org.fabricmark.transport.Availability;
import org.fabricmark.transport.rdma.verbs.Device;
import org.fabricmark.transport.rdma.verbs.FabricSpec;
import org.fabricmark.transport.rdma.verbs.VerbsException;
import org.fabricmark.transport.rdma.verbs.VerbsProvider;

/** Verbs without a device: whoever posts does what the devices of both sides would do, in memory that both sides share. */
public final class LoopbackProvider implements VerbsProvider {
    private final NanoClock clock;

    /** By the clock of this machine. */
    public LoopbackProvider() {
        this(SystemNanoClock.INSTANCE);
    }

    /** By {@code clock}: whatever waits, times out or is modelled asks it. */
    LoopbackProvider(NanoClock clock) {
        this.clock = clock;
    }

    @Override
    public String name() {
        return "loopback";
    }

    @Override
    public String description() {
        return "emulated in shared memory of one host: one copy from source to destination, made by whoever posts";
    }

    @Override
    public Availability availability() {
        return Availability.available();
    }

    @Override
    public boolean emulated() {
        return true;
    }

    @Override
    public List<Device> devices(FabricSpec fabric) {
        if (fabric.model().delays() && fabric.order() != FabricSpec.MemoryOrder.STRONG) {
            throw VerbsException.invalid("a cost model with order " + fabric.order().label()
                    + ": one of the two decides when something happens, so choose one");
        }
        if (fabric.losses().loses() && (fabric.model().delays() || fabric.order() != FabricSpec.MemoryOrder.STRONG)) {
            throw VerbsException.invalid("lost packets with a cost model, or with order " + fabric.order().label()
                    + ": one of them decides when something arrives, so choose one");
        }
        return List.of(new LoopbackDevice(this, fabric, clock));
    }
}
