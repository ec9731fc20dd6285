package org.fabricmark.transport.rdma.verbs;

/**
 * What names registered memory or a memory window to a peer: the {@code rkey}. Give it to the peer together with an address.
 *
 * @param value 32 bits, of no meaning to users but the lowest 8, which they choose when they bind a window of type 2
 */
public record RemoteKey(int value) {
    private static final int VARIANT = 0xff;

    /** The same key with the next variant: for the next bind of a window of type 2. */
    public RemoteKey next() {
        return new RemoteKey(value & ~VARIANT | value + 1 & VARIANT);
    }

    @Override
    public String toString() {
        return "rkey 0x%08x".formatted(value);
    }
}
