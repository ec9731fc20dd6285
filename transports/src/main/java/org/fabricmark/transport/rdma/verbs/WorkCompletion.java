package org.fabricmark.transport.rdma.verbs;

/**
 * What became of one work request; {@link CompletionQueue#poll} fills it. When the status is not
 * {@link CompletionStatus#SUCCESS}, only {@link #id}, {@link #status}, {@link #queuePair} and {@link #vendorError} mean anything.
 *
 * <p>Thread rule: that of its owner, who made it and polls into it.
 */
public final class WorkCompletion {
    private long id;
    private CompletionStatus status;
    private CompletionOpcode opcode;
    private int flags;
    private int bytes;
    private int extra;
    private int queuePair;
    private int source;
    private int vendorError;

    /** So many of them, to poll into. */
    public static WorkCompletion[] array(int size) {
        WorkCompletion[] array = new WorkCompletion[size];
        for (int i = 0; i < size; i++) {
            array[i] = new WorkCompletion();
        }
        return array;
    }

    /** For providers: which request ended, and how; {@link #describe} follows where it means something. */
    public void set(long id, CompletionStatus status, int queuePair, int vendorError) {
        this.id = id;
        if (this.status != status) { // a reference that is stored costs the collector's bookkeeping
            this.status = status;
        }
        this.queuePair = queuePair;
        this.vendorError = vendorError;
        flags = 0;
        bytes = 0;
        source = 0;
    }

    /**
     * For providers: the rest.
     *
     * @param flags one bit for each {@link CompletionFlag}, by ordinal
     * @param extra the immediate or the invalidated key, as flags say
     */
    public void describe(CompletionOpcode opcode, int bytes, int flags, int extra, int source) {
        if (this.opcode != opcode) {
            this.opcode = opcode;
        }
        this.bytes = bytes;
        this.flags = flags;
        this.extra = extra;
        this.source = source;
    }

    /** What the work request was given. */
    public long id() {
        return id;
    }

    /** How it ended. */
    public CompletionStatus status() {
        return status;
    }

    /** Whether it was done. */
    public boolean successful() {
        return status == CompletionStatus.SUCCESS;
    }

    /** What it was. */
    public CompletionOpcode opcode() {
        return opcode;
    }

    /** Whether a field is valid. */
    public boolean has(CompletionFlag flag) {
        return (flags & 1 << flag.ordinal()) != 0;
    }

    /** Bytes received, read, or written by the peer's write with immediate; 8 for atomics. A datagram's header counts. */
    public int bytes() {
        return bytes;
    }

    /** The sender's 4 bytes; with {@link CompletionFlag#WITH_IMM}. */
    public int immediate() {
        return extra;
    }

    /** The key that has become invalid; with {@link CompletionFlag#WITH_INV}. */
    public RemoteKey invalidatedKey() {
        return new RemoteKey(extra);
    }

    /** Value of the {@link QueuePairNumber} that it belongs to. */
    public int queuePair() {
        return queuePair;
    }

    /** Value of the {@link QueuePairNumber} of a datagram's sender. */
    public int source() {
        return source;
    }

    /** More about an error, in the provider's own numbers; 0 for none. */
    public int vendorError() {
        return vendorError;
    }

    @Override
    public String toString() {
        return "request " + id + " of queue pair " + new QueuePairNumber(queuePair) + ": " + status
                + (successful() ? " " + opcode + " " + bytes + " bytes" : "");
    }
}
