package org.fabricmark.transport.rdma.verbs;

/**
 * What names registered memory in the scatter-gather lists of its owner: the {@code lkey}.
 *
 * @param value 32 bits, of no meaning to users
 */
public record LocalKey(int value) {
    @Override
    public String toString() {
        return "lkey 0x%08x".formatted(value);
    }
}
