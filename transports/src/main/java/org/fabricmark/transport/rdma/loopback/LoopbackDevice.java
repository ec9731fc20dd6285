package org.fabricmark.transport.rdma.loopback;

import org.fabricmark.memory.AddressSpace;
import org.fabricmark.transport.rdma.verbs.Context;
import org.fabricmark.transport.rdma.verbs.Device;
import org.fabricmark.transport.rdma.verbs.FabricSpec;
import org.fabricmark.transport.rdma.verbs.VerbsException;
import org.fabricmark.transport.rdma.verbs.VerbsProvider;

/** The one device of a fabric. Each opening is a context with a port of its own. */
final class LoopbackDevice implements Device {
    private final LoopbackProvider provider;
    private final FabricSpec fabric;

    LoopbackDevice(LoopbackProvider provider, FabricSpec fabric) {
        this.provider = provider;
        this.fabric = fabric;
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
            case HOST -> throw VerbsException.invalid("later");
        };
        AddressSpace.setLong(home.self().block() + LoopbackLayout.BLOCK_SECRET, home.self().secret());
        return new LoopbackContext(this, home, kind());
    }

    private RequesterKind kind() {
        return ImmediateRequester::new;
    }
}
