package org.fabricmark.transport.rdma;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.fabricmark.transport.host.HostMeeting;
import org.fabricmark.transport.rdma.verbs.AccessFlag;
import org.fabricmark.transport.rdma.verbs.Context;
import org.fabricmark.transport.rdma.verbs.ProtectionDomain;
import org.fabricmark.transport.rdma.verbs.RemoteKey;
import org.fabricmark.transport.rdma.verbs.VerbsException;

/**
 * What a rank has registered, by the number in its references. A region is registered once, when it is allocated, and from address 0 on:
 * so only keys travel between ranks, and only then. Private regions are counted with them, because all ranks make them in the same order
 * too; no key of theirs travels.
 *
 * <p>Thread rule: the rank's thread.
 */
final class RdmaMemory {
    private static final Set<AccessFlag> LOCAL = EnumSet.of(AccessFlag.LOCAL_WRITE);

    private final HostMeeting meeting;
    private final Context context;
    private final ProtectionDomain domain;
    private final RdmaFailures failures;
    private final RegistrationCache cache;
    private final int inlineBytes;
    private RdmaPart[] parts = new RdmaPart[16];
    private Runnable[] closings = new Runnable[16];

    /**
     * @param cache of private memory, which it owns
     * @param inlineBytes largest put that travels within its request
     */
    RdmaMemory(
            HostMeeting meeting, Context context, ProtectionDomain domain, RdmaFailures failures,
            RegistrationCache cache, int inlineBytes) {
        this.meeting = meeting;
        this.context = context;
        this.domain = domain;
        this.failures = failures;
        this.cache = cache;
        this.inlineBytes = inlineBytes;
    }

    /** What a reference is into. */
    RdmaPart part(long reference) {
        return parts[RdmaLayout.region(reference)];
    }

    int inlineBytes() {
        return inlineBytes;
    }

    RegistrationCache cache() {
        return cache;
    }

    RdmaRegion allocate(long bytes) {
        check(bytes);
        int number = freeNumber();
        RegisteredMemory own = registered(bytes, true, AccessFlag.localAndRemote());
        try {
            RdmaRegion region = new RdmaRegion(
                    this, number, bytes, own, exchange(own.region().remoteKey()), meeting.rank());
            take(number, region.part(), region::close);
            return region;
        } catch (RuntimeException e) {
            own.close();
            throw e;
        }
    }

    RdmaPrivateRegion privateRegion(long bytes) {
        check(bytes);
        int number = freeNumber();
        RdmaPrivateRegion region = new RdmaPrivateRegion(this, number, bytes);
        take(number, region.part(), region::close);
        return region;
    }

    /** Memory of this rank alone that is registered for good, under its own addresses. */
    RegisteredMemory stage(long bytes) {
        return registered(bytes, false, LOCAL);
    }

    private RegisteredMemory registered(long bytes, boolean fromZero, Set<AccessFlag> access) {
        try {
            return RegisteredMemory.allocate(context, domain, cache, bytes, fromZero, access);
        } catch (VerbsException e) {
            throw failures.verb("allocate " + bytes + " bytes", e);
        }
    }

    private static void check(long bytes) {
        if (bytes < 1 || bytes > RdmaLayout.MAX_PART) {
            throw new IllegalArgumentException("bytes=" + bytes + ": from 1 to " + RdmaLayout.MAX_PART);
        }
    }

    private RemoteKey[] exchange(RemoteKey own) {
        byte[][] told =
                meeting.exchange(ByteBuffer.allocate(Integer.BYTES).putInt(own.value()).array(), "to allocate");
        return Arrays.stream(told).map(key -> new RemoteKey(ByteBuffer.wrap(key).getInt())).toArray(RemoteKey[]::new);
    }

    /** The same on every rank, because all allocate and close in the same order. */
    private int freeNumber() {
        int number = 0;
        while (number < parts.length && parts[number] != null) {
            number++;
        }
        if (number == RdmaLayout.MAX_REGIONS) {
            throw new IllegalStateException(RdmaLayout.MAX_REGIONS + " regions are open");
        }
        if (number == parts.length) {
            parts = Arrays.copyOf(parts, 2 * number);
            closings = Arrays.copyOf(closings, 2 * number);
        }
        return number;
    }

    private void take(int number, RdmaPart part, Runnable closing) {
        parts[number] = part;
        closings[number] = closing;
    }

    /** The number is free again. */
    void forget(int number) {
        parts[number] = null;
        closings[number] = null;
    }

    /** Callers may have used a part of {@code memory}, which is about to go, as private memory. */
    void forgetRanges(MemorySegment memory) {
        cache.forget(memory.address(), memory.address() + memory.byteSize());
    }

    /** Closes what is open. */
    void close() {
        for (Runnable closing : closings.clone()) {
            if (closing != null) {
                closing.run();
            }
        }
        cache.close();
    }
}
