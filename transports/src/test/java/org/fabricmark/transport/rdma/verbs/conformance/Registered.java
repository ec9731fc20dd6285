package org.fabricmark.transport.rdma.verbs.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Random;
import org.fabricmark.transport.rdma.verbs.DeviceMemory;
import org.fabricmark.transport.rdma.verbs.LocalKey;
import org.fabricmark.transport.rdma.verbs.MemoryRegion;
import org.fabricmark.transport.rdma.verbs.RemoteKey;

/** Memory of a device, all of it registered. */
final class Registered implements AutoCloseable {
    private final DeviceMemory memory;
    private final MemoryRegion region;
    private boolean registered = true;

    Registered(DeviceMemory memory, MemoryRegion region) {
        this.memory = memory;
        this.region = region;
    }

    MemoryRegion region() {
        return region;
    }

    MemorySegment segment() {
        return memory.segment();
    }

    /** What requests call byte {@code offset}. */
    long at(long offset) {
        return region.address() + offset;
    }

    LocalKey localKey() {
        return region.localKey();
    }

    RemoteKey remoteKey() {
        return region.remoteKey();
    }

    int bytes() {
        return (int) memory.segment().byteSize();
    }

    Registered fill(int value) {
        segment().fill((byte) value);
        return this;
    }

    /** Random bytes, the same ones for the same seed. */
    Registered randomize(long seed) {
        byte[] bytes = new byte[bytes()];
        new Random(seed).nextBytes(bytes);
        put(0, bytes);
        return this;
    }

    void put(long offset, byte[] bytes) {
        MemorySegment.copy(MemorySegment.ofArray(bytes), 0, segment(), offset, bytes.length);
    }

    byte[] get(long offset, int length) {
        return segment().asSlice(offset, length).toArray(ValueLayout.JAVA_BYTE);
    }

    byte get(long offset) {
        return segment().get(ValueLayout.JAVA_BYTE, offset);
    }

    long getLong(long offset) {
        return segment().get(ValueLayout.JAVA_LONG_UNALIGNED, offset);
    }

    void putLong(long offset, long value) {
        segment().set(ValueLayout.JAVA_LONG_UNALIGNED, offset, value);
    }

    /** Every byte of {@code length} from {@code offset} on is {@code value}. */
    void assertAll(int value, long offset, int length) {
        byte[] expected = new byte[length];
        Arrays.fill(expected, (byte) value);
        assertArrayEquals(expected, get(offset, length), "bytes from " + offset + " on");
    }

    void assertAll(int value) {
        assertAll(value, 0, bytes());
    }

    /** Gives the registration back; the memory stays. */
    void deregister() {
        region.close();
        registered = false;
    }

    @Override
    public void close() {
        if (registered) {
            deregister();
        }
        memory.close();
    }
}
