package org.fabricmark.transport.rdma.verbs;

import java.util.Arrays;

/** How many bytes of a message one packet carries at most. */
public enum PathMtu {
    /** 256 bytes. */
    MTU_256,
    /** 512 bytes. */
    MTU_512,
    /** 1,024 bytes. */
    MTU_1024,
    /** 2,048 bytes. */
    MTU_2048,
    /** 4,096 bytes. */
    MTU_4096;

    /** In bytes. */
    public int bytes() {
        return 256 << ordinal();
    }

    /** How many packets a message of {@code bytes} is: at least one. */
    public long packets(long bytes) {
        return Math.max(1, Math.ceilDiv(bytes, (long) bytes()));
    }

    /** The one with so many bytes. */
    public static PathMtu ofBytes(int bytes) {
        return Arrays.stream(values()).filter(mtu -> mtu.bytes() == bytes).findFirst().orElseThrow(
                () -> VerbsException.invalid("path MTU " + bytes + ": 256, 512, 1024, 2048 or 4096"));
    }
}
