package org.fabricmark.transport.rdma;

import org.fabricmark.transport.PrivateRegion;
import org.fabricmark.transport.Registrar;
import org.fabricmark.transport.RegistrationCounters;

/** Private regions of a rank, over its cache of registrations. */
final class RdmaRegistrar implements Registrar {
    private final RdmaMemory memory;

    RdmaRegistrar(RdmaMemory memory) {
        this.memory = memory;
    }

    @Override
    public PrivateRegion region(long bytes) {
        return memory.privateRegion(bytes);
    }

    @Override
    public RegistrationCounters counters() {
        return memory.cache().counters();
    }
}
