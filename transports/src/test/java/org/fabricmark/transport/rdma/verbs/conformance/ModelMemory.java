package org.fabricmark.transport.rdma.verbs.conformance;

import java.util.Arrays;
import java.util.Set;
import org.fabricmark.transport.rdma.verbs.AccessFlag;

/** Registered memory, and what must be in it. */
final class ModelMemory {
    private final String name;
    private final Registered real;
    private final Set<AccessFlag> access;
    private final boolean foreign;
    private final byte[] bytes;

    /**
     * @param foreign whether it belongs to a protection domain that no queue pair of the test is in
     */
    ModelMemory(String name, Registered real, boolean foreign) {
        this.name = name;
        this.real = real;
        this.access = real.region().access();
        this.foreign = foreign;
        bytes = real.get(0, real.bytes());
    }

    Registered real() {
        return real;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Whether requests may touch this range under {@code right}; null is the right to read what is one's own. */
    boolean allows(long offset, long length, AccessFlag right) {
        return !foreign && offset >= 0 && offset <= bytes.length - length && (right == null || access.contains(right));
    }

    /** What is in this range is not determined: it is from now on what it happens to be. */
    void accept(int offset, int length) {
        int from = Math.clamp(offset, 0, bytes.length);
        int to = Math.clamp((long) offset + length, from, bytes.length);
        System.arraycopy(real.get(from, to - from), 0, bytes, from, to - from);
    }

    /** Where the memory differs from the model, or -1. */
    int mismatch() {
        return Arrays.mismatch(bytes, real.get(0, bytes.length));
    }

    @Override
    public String toString() {
        return name;
    }
}
