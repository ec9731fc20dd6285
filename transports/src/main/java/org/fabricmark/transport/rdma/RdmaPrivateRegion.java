package org.fabricmark.transport.rdma;

import java.lang.foreign.MemorySegment;
import org.fabricmark.transport.PrivateRegion;
import org.fabricmark.transport.rdma.verbs.LocalKey;

/**
 * A number for references that stands for other private memory in each call. What is placed is registered under its own addresses, maybe
 * as a part of a longer range.
 */
final class RdmaPrivateRegion implements PrivateRegion {
    private final RdmaMemory memory;
    private final RegistrationCache cache;
    private final int number;
    private final long bytes;
    private final RdmaPart part = new RdmaPart();
    private Registration placed;
    private RegisteredMemory stage;
    private MemorySegment staged;
    private LocalKey stagedKey;
    private boolean closed;

    RdmaPrivateRegion(RdmaMemory memory, int number, long bytes) {
        this.memory = memory;
        this.cache = memory.cache();
        this.number = number;
        this.bytes = bytes;
    }

    RdmaPart part() {
        return part;
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public long address() {
        return part.address(0);
    }

    @Override
    public long reference(long offset) {
        return RdmaLayout.reference(number, offset);
    }

    /** What fits into a request is copied: that is cheaper than to look it up, and inline data need no key. */
    @Override
    public boolean place(MemorySegment at) {
        if (bytes <= memory.inlineBytes()) {
            return false;
        }
        Registration found = cache.acquire(at, bytes);
        if (found == null) {
            return false;
        }
        placed = found;
        part.move(at.address(), found.localKey());
        return true;
    }

    @Override
    public MemorySegment stage() {
        if (stage == null) {
            stage = memory.stage(bytes);
            staged = stage.segment().asSlice(0, bytes);
            stagedKey = stage.region().localKey();
        }
        part.move(staged.address(), stagedKey);
        return staged;
    }

    @Override
    public void release() {
        if (placed != null) {
            cache.release(placed);
            placed = null;
        }
    }

    @Override
    public void revoke() {
        if (placed != null) {
            cache.revoke(placed);
            placed = null;
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            memory.forget(number);
            release();
            if (stage != null) {
                memory.forgetRanges(stage.segment());
                stage.close();
            }
        }
    }
}
