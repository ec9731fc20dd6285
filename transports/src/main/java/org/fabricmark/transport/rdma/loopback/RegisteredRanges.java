package org.fabricmark.transport.rdma.loopback;

import java.util.ArrayList;
import java.util.List;

/** Which memory of a context is registered: memory in use is not given back. Thread rule: the context's thread. */
final class RegisteredRanges {
    private record Range(long address, long length) {}

    private final List<Range> ranges = new ArrayList<>();

    void add(long address, long length) {
        ranges.add(new Range(address, length));
    }

    void remove(long address, long length) {
        ranges.remove(new Range(address, length));
    }

    boolean overlap(long address, long length) {
        return ranges.stream().anyMatch(
                range -> range.address < address + length && address < range.address + range.length);
    }
}
