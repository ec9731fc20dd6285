package org.fabricmark.transport.host;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import org.fabricmark.memory.AddressSpace;
import org.fabricmark.transport.Failure;
import org.fabricmark.transport.Failure.Category;

/** The abort record of the control file at {@code base}; written once, by the rank that claimed it. */
final class HostAbortRecord {
    private HostAbortRecord() {}

    static void write(long base, Failure failure) {
        byte[] text = failure.what().getBytes(StandardCharsets.UTF_8);
        int length = Math.min(text.length, HostLayout.ABORT_TEXT_BYTES);
        AddressSpace.setInt(base + HostLayout.ABORT_CATEGORY, failure.category().ordinal());
        AddressSpace.setInt(base + HostLayout.ABORT_RANK, failure.rank());
        AddressSpace.setInt(base + HostLayout.ABORT_PEER, failure.peer());
        AddressSpace.setInt(base + HostLayout.ABORT_STEP, failure.step());
        AddressSpace.setLong(base + HostLayout.ABORT_ELAPSED, failure.elapsedNanos());
        AddressSpace.setInt(base + HostLayout.ABORT_LENGTH, length);
        MemorySegment.copy(text, 0, text(base, length), ValueLayout.JAVA_BYTE, 0, length);
        AddressSpace.setLongRelease(base + HostLayout.ABORT_PUBLISHED, 1);
    }

    /** Reads a record that was seen to be published. */
    static Failure read(long base, String transport) {
        int length = AddressSpace.getInt(base + HostLayout.ABORT_LENGTH);
        byte[] text = text(base, length).toArray(ValueLayout.JAVA_BYTE);
        return new Failure(
                Category.values()[AddressSpace.getInt(base + HostLayout.ABORT_CATEGORY)],
                AddressSpace.getInt(base + HostLayout.ABORT_RANK),
                AddressSpace.getInt(base + HostLayout.ABORT_PEER),
                AddressSpace.getInt(base + HostLayout.ABORT_STEP),
                transport,
                AddressSpace.getLong(base + HostLayout.ABORT_ELAPSED),
                new String(text, StandardCharsets.UTF_8));
    }

    private static MemorySegment text(long base, int length) {
        return AddressSpace.segment(base + HostLayout.ABORT_TEXT, length);
    }
}
