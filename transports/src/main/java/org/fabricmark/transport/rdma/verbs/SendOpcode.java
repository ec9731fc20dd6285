package org.fabricmark.transport.rdma.verbs;

import java.util.EnumSet;
import java.util.Set;

/** What a work request of a send queue asks for (rdma-core, {@code ibv_post_send(3)}). */
public enum SendOpcode {
    /** A message into the peer's next receive. */
    SEND(true, true, CompletionOpcode.SEND, EnumSet.allOf(ServiceType.class)),
    /** {@link #SEND}, and 4 bytes into the completion there. */
    SEND_WITH_IMM(true, true, CompletionOpcode.SEND, EnumSet.allOf(ServiceType.class)),
    /** {@link #SEND}, and a key of the peer becomes invalid before its completion. */
    SEND_WITH_INV(
            true, true, CompletionOpcode.SEND,
            EnumSet.of(ServiceType.RELIABLE_CONNECTION, ServiceType.UNRELIABLE_CONNECTION)),
    /** Writes the peer's memory; the peer is not told. */
    RDMA_WRITE(
            true, false, CompletionOpcode.RDMA_WRITE,
            EnumSet.of(ServiceType.RELIABLE_CONNECTION, ServiceType.UNRELIABLE_CONNECTION)),
    /** {@link #RDMA_WRITE}, and completes the peer's next receive with 4 bytes; the memory of that receive is not touched. */
    RDMA_WRITE_WITH_IMM(
            true, true, CompletionOpcode.RDMA_WRITE,
            EnumSet.of(ServiceType.RELIABLE_CONNECTION, ServiceType.UNRELIABLE_CONNECTION)),
    /** Reads the peer's memory. */
    RDMA_READ(false, false, CompletionOpcode.RDMA_READ, EnumSet.of(ServiceType.RELIABLE_CONNECTION)),
    /** Replaces 8 bytes of the peer if they are as expected; brings what they were. */
    COMPARE_AND_SWAP(false, false, CompletionOpcode.COMPARE_AND_SWAP, EnumSet.of(ServiceType.RELIABLE_CONNECTION)),
    /** Adds to 8 bytes of the peer, modulo 2^64; brings what they were. */
    FETCH_AND_ADD(false, false, CompletionOpcode.FETCH_AND_ADD, EnumSet.of(ServiceType.RELIABLE_CONNECTION)),
    /** Makes a key of this side invalid. */
    LOCAL_INVALIDATE(
            false, false, CompletionOpcode.LOCAL_INVALIDATE,
            EnumSet.of(ServiceType.RELIABLE_CONNECTION, ServiceType.UNRELIABLE_CONNECTION)),
    /** Binds a memory window. */
    BIND_MEMORY_WINDOW(
            false, false, CompletionOpcode.BIND_MEMORY_WINDOW,
            EnumSet.of(ServiceType.RELIABLE_CONNECTION, ServiceType.UNRELIABLE_CONNECTION));

    private final boolean gathers;
    private final boolean consumesReceive;
    private final CompletionOpcode completion;
    /** A bit for each service that has it. */
    private final int services;

    SendOpcode(boolean gathers, boolean consumesReceive, CompletionOpcode completion, Set<ServiceType> services) {
        this.gathers = gathers;
        this.consumesReceive = consumesReceive;
        this.completion = completion;
        int bits = 0;
        for (ServiceType service : services) {
            bits |= 1 << service.ordinal();
        }
        this.services = bits;
    }

    /** Whether local memory is read, and may be inline. */
    public boolean gathers() {
        return gathers;
    }

    /** Whether local memory is written: it must have been registered for that. */
    public boolean scatters() {
        return this == RDMA_READ || atomic();
    }

    /** Whether it works on 8 bytes of the peer at once. */
    public boolean atomic() {
        return this == COMPARE_AND_SWAP || this == FETCH_AND_ADD;
    }

    /** Whether it is done by the own device alone. */
    public boolean local() {
        return this == LOCAL_INVALIDATE || this == BIND_MEMORY_WINDOW;
    }

    /** Whether it uses up a receive of the peer. */
    public boolean consumesReceive() {
        return consumesReceive;
    }

    /** What its own completion says. */
    public CompletionOpcode completion() {
        return completion;
    }

    /** Whether {@code service} has it. */
    public boolean allowedOn(ServiceType service) {
        return (services & 1 << service.ordinal()) != 0;
    }
}
