package org.fabricmark.transport.rdma;

import java.lang.foreign.MemorySegment;
import java.util.Set;
import org.fabricmark.transport.rdma.verbs.AccessFlag;
import org.fabricmark.transport.rdma.verbs.Context;
import org.fabricmark.transport.rdma.verbs.DeviceMemory;
import org.fabricmark.transport.rdma.verbs.MemoryRegion;
import org.fabricmark.transport.rdma.verbs.ProtectionDomain;
import org.fabricmark.transport.rdma.verbs.VerbsException;
import org.fabricmark.transport.rdma.verbs.VerbsException.Reason;

/**
 * Memory of the device that is registered from when it is allocated until it is given back.
 *
 * @param memory the memory, at least as long as was asked for
 * @param region its registration
 */
record RegisteredMemory(DeviceMemory memory, MemoryRegion region) {
    /**
     * Allocates and registers.
     *
     * @param fromZero whether requests call its first byte 0, or what it is called here
     * @param cache gives up idle ranges while the device has no more keys
     * @throws VerbsException {@code ENOMEM} when memory or keys are short
     */
    static RegisteredMemory allocate(
            Context context, ProtectionDomain domain, RegistrationCache cache, long bytes,
            boolean fromZero, Set<AccessFlag> access) {
        DeviceMemory memory = context.allocate(bytes);
        while (true) {
            try {
                return new RegisteredMemory(memory,
                        domain.register(memory.segment(), fromZero ? 0 : memory.segment().address(), access));
            } catch (VerbsException e) {
                if (e.reason() != Reason.ENOMEM || !cache.evict()) {
                    memory.close();
                    throw e;
                }
            }
        }
    }

    MemorySegment segment() {
        return memory.segment();
    }

    void close() {
        region.close();
        memory.close();
    }
}
