package org.fabricmark.transport.rdma;

import java.lang.foreign.MemorySegment;
import org.fabricmark.transport.rdma.verbs.LocalKey;
import org.fabricmark.transport.rdma.verbs.MemoryRegion;

/**
 * A range of private memory that is registered. It is good for memory of one scope only, which is how Java names a lifetime: the same
 * addresses in another scope are other memory.
 *
 * <p>Thread rule: the rank's thread.
 */
final class Registration {
    private final MemorySegment.Scope scope;
    private final long address;
    private final long end;
    private final MemoryRegion region;
    private final LocalKey localKey;
    private int users;
    private long lastUse;
    private boolean retired;

    Registration(MemorySegment.Scope scope, long address, long end, MemoryRegion region) {
        this.scope = scope;
        this.address = address;
        this.end = end;
        this.region = region;
        this.localKey = region.localKey();
    }

    long address() {
        return address;
    }

    /** First address behind it. */
    long end() {
        return end;
    }

    long bytes() {
        return end - address;
    }

    LocalKey localKey() {
        return localKey;
    }

    /** Whether it is good for these bytes, as far as they are of {@code wanted}, which is alive. */
    boolean holds(MemorySegment.Scope wanted, long from, long to) {
        return address <= from && to <= end && scope.equals(wanted);
    }

    /** Whether the two share bytes, and end together. */
    boolean overlaps(MemorySegment.Scope other, long from, long to) {
        return address < to && from < end && scope.equals(other);
    }

    /** Whether any of these addresses is in it, whoever they belong to. */
    boolean touches(long from, long to) {
        return address < to && from < end;
    }

    /** Whether its memory has not been given back. */
    boolean alive() {
        return scope.isAlive();
    }

    void use(long time) {
        users++;
        lastUse = time;
    }

    void release() {
        users--;
    }

    boolean inUse() {
        return users > 0;
    }

    long lastUse() {
        return lastUse;
    }

    /** Nobody finds it any more; it is deregistered when the last one who uses it releases it. */
    void retire() {
        retired = true;
    }

    boolean retired() {
        return retired;
    }

    void deregister() {
        region.close();
    }
}
