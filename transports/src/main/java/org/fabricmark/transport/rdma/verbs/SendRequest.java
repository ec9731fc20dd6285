package org.fabricmark.transport.rdma.verbs;

import java.util.Objects;

/**
 * One work request of a send queue, posted with {@link QueuePair#postSend}. Begun with {@link #begin}, then one operation, its local
 * memory, its flags; and so again for the next one: the object is free when posting returns.
 *
 * <pre>{@code
 * pair.postSend(request.begin(7).write(remoteAddress, remoteKey).segment(address, 4096, key).flag(SIGNALED));
 * }</pre>
 *
 * <p>Thread rule: one thread. Allocates only when a list grows beyond every earlier one.
 */
public final class SendRequest {
    private final ScatterGatherList pieces = new ScatterGatherList();
    private long id;
    private SendOpcode opcode;

    /** Whether an operation was chosen since {@link #begin}. */
    private boolean complete;

    /** Whether one of the last four fields is set. */
    private boolean rare;

    private int flags;
    private long remoteAddress;
    private int remoteKey;
    private int immediate;
    private long operand;
    private long swap;
    private AddressHandle handle;
    private int destination;
    private int queueKey;
    private MemoryWindow window;
    private WindowBinding binding;
    private SendRequest next;

    /** Forgets all; then gives it {@code id}, which its completion will name. */
    public SendRequest begin(long id) {
        this.id = id;
        pieces.clear();
        complete = false;
        flags = 0;
        if (rare) { // a reference that is stored costs the collector's bookkeeping
            rare = false;
            handle = null;
            window = null;
            binding = null;
            next = null;
        }
        return this;
    }

    /** A message. */
    public SendRequest send() {
        operation(SendOpcode.SEND);
        return this;
    }

    /** A message, with 4 bytes for its completion. */
    public SendRequest sendWithImmediate(int value) {
        operation(SendOpcode.SEND_WITH_IMM);
        immediate = value;
        return this;
    }

    /** A message; {@code key} of the peer becomes invalid with it. */
    public SendRequest sendWithInvalidate(RemoteKey key) {
        operation(SendOpcode.SEND_WITH_INV);
        remoteKey = key.value();
        return this;
    }

    /** Writes the peer's memory. */
    public SendRequest write(long address, RemoteKey key) {
        return remote(SendOpcode.RDMA_WRITE, address, key);
    }

    /** Writes the peer's memory, and completes a receive there. */
    public SendRequest writeWithImmediate(long address, RemoteKey key, int value) {
        immediate = value;
        return remote(SendOpcode.RDMA_WRITE_WITH_IMM, address, key);
    }

    /** Reads the peer's memory. */
    public SendRequest read(long address, RemoteKey key) {
        return remote(SendOpcode.RDMA_READ, address, key);
    }

    /** Replaces the peer's 8 bytes at {@code address} by {@code desired} if they are {@code expected}. */
    public SendRequest compareAndSwap(long address, RemoteKey key, long expected, long desired) {
        operand = expected;
        swap = desired;
        return remote(SendOpcode.COMPARE_AND_SWAP, address, key);
    }

    /** Adds {@code addend} to the peer's 8 bytes at {@code address}. */
    public SendRequest fetchAndAdd(long address, RemoteKey key, long addend) {
        operand = addend;
        return remote(SendOpcode.FETCH_AND_ADD, address, key);
    }

    private SendRequest remote(SendOpcode operation, long address, RemoteKey key) {
        operation(operation);
        remoteAddress = address;
        remoteKey = key.value();
        return this;
    }

    private void operation(SendOpcode chosen) {
        complete = true;
        if (opcode != chosen) {
            opcode = chosen;
        }
    }

    /** Makes {@code key}, of a window of type 2, invalid. */
    public SendRequest localInvalidate(RemoteKey key) {
        operation(SendOpcode.LOCAL_INVALIDATE);
        remoteKey = key.value();
        return this;
    }

    /** Binds {@code window}. */
    public SendRequest bind(MemoryWindow window, WindowBinding binding) {
        operation(SendOpcode.BIND_MEMORY_WINDOW);
        rare = true;
        this.window = Objects.requireNonNull(window, "window");
        this.binding = Objects.requireNonNull(binding, "binding");
        return this;
    }

    /** Where a datagram goes. */
    public SendRequest to(AddressHandle handle, QueuePairNumber destination, QueueKey key) {
        rare = true;
        this.handle = Objects.requireNonNull(handle, "address handle");
        this.destination = destination.value();
        queueKey = key.value();
        return this;
    }

    /** Adds a piece of local memory. */
    public SendRequest segment(long address, int length, LocalKey key) {
        pieces.add(address, length, key);
        return this;
    }

    /** Adds a flag. */
    public SendRequest flag(SendFlag flag) {
        flags |= 1 << flag.ordinal();
        return this;
    }

    /** What is posted after this one, in the same call; returns that. */
    public SendRequest then(SendRequest following) {
        rare = true;
        next = following;
        return following;
    }

    /** What its completion names. */
    public long id() {
        return id;
    }

    /** The operation, or null when none was chosen. */
    public SendOpcode opcode() {
        return complete ? opcode : null;
    }

    /** Whether {@code flag} was added. */
    public boolean has(SendFlag flag) {
        return (flags & 1 << flag.ordinal()) != 0;
    }

    /** Address of the peer's memory. */
    public long remoteAddress() {
        return remoteAddress;
    }

    /** Value of the {@link RemoteKey}: of the peer's memory, or the one to invalidate. */
    public int remoteKey() {
        return remoteKey;
    }

    /** 4 bytes for the peer's completion. */
    public int immediate() {
        return immediate;
    }

    /** What a fetch-and-add adds; what a compare-and-swap expects. */
    public long operand() {
        return operand;
    }

    /** What a compare-and-swap stores. */
    public long swap() {
        return swap;
    }

    /** The way of a datagram, or null. */
    public AddressHandle handle() {
        return handle;
    }

    /** Value of the {@link QueuePairNumber} that a datagram goes to. */
    public int destination() {
        return destination;
    }

    /** Value of the {@link QueueKey} of a datagram. */
    public int queueKey() {
        return queueKey;
    }

    /** The window to bind, or null. */
    public MemoryWindow window() {
        return window;
    }

    /** How to bind it, or null. */
    public WindowBinding binding() {
        return binding;
    }

    /** What is posted after this one, or null. */
    public SendRequest next() {
        return next;
    }

    /** How many pieces of local memory. */
    public int segments() {
        return pieces.size();
    }

    /** Address of a piece. */
    public long address(int piece) {
        return pieces.address(piece);
    }

    /** Length of a piece, in bytes. */
    public int length(int piece) {
        return pieces.length(piece);
    }

    /** Value of the {@link LocalKey} of a piece. */
    public int key(int piece) {
        return pieces.key(piece);
    }

    /** Bytes of all pieces together. */
    public long bytes() {
        return pieces.bytes();
    }
}
