package org.fabricmark.transport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelConfig;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;
import java.lang.foreign.MemorySegment;
import org.fabricmark.memory.AddressSpace;

/**
 * Where one connection reads to. Between frames that is its staging memory, which takes as many frames as come at once, and the
 * beginning of a long one; the rest of a long one is read straight to its place. It stands in for Netty's allocator of receive
 * buffers, so that Netty reads there.
 *
 * <p>Thread rule: the rank's thread.
 */
final class Inbound implements RecvByteBufAllocator, RecvByteBufAllocator.ExtendedHandle {
    /**
     * Of a frame that follows one with so much data, only the header is read to staging: another call of the system costs less than to copy
     * what would come with it. With 64 KiB of each frame copied, an all-reduce of 64 KiB took 27.3 us, without 24.8; of 1 MiB 214 and 206.
     */
    private static final int LONG = 16 * 1024;

    /** How often a channel may be read before others get their turn. */
    static final int MOST_READS = 16;

    private final MemoryView view = new MemoryView(_ -> {});
    private final long staging;
    private final int stagingBytes;

    /** Bytes at the start of staging that are still to be understood. */
    private int kept;

    private long rest;
    private long target;
    private boolean direct;
    private int room;
    private boolean headerOnly;
    private int attempted;
    private int last;
    private int reads;

    Inbound(long staging, int stagingBytes) {
        this.staging = staging;
        this.stagingBytes = stagingBytes;
    }

    /**
     * The next {@code bytes} bytes belong at {@code place}; 0: they begin with a header.
     *
     * @param length of the data of the frame that came last, or is coming
     */
    void expect(long bytes, long place, int length) {
        rest = bytes;
        target = place;
        headerOnly = length >= LONG;
    }

    /** Whether what was just read went straight to its place. */
    boolean direct() {
        return direct;
    }

    /** The end of what is in staging after {@code bytes} more have come. */
    long end(int bytes) {
        return staging + kept + bytes;
    }

    /** The first byte in staging. */
    long start() {
        return staging;
    }

    /** Keeps the bytes from {@code from} to {@code end} for the next time; they are fewer than staging holds. */
    void keep(long from, long end) {
        kept = (int) (end - from);
        if (kept > 0 && from > staging) {
            MemorySegment.copy(AddressSpace.ALL, from, AddressSpace.ALL, staging, kept);
        }
    }

    @Override
    @SuppressWarnings("deprecation") // Netty still asks every receive allocator for this method
    public ExtendedHandle newHandle() {
        return this;
    }

    /** Decides where the next read goes. @return the address */
    long next() {
        direct = rest > 0;
        if (direct) {
            room = (int) rest;
            return target;
        }
        int end = headerOnly && kept < NettyLayout.HEADER_BYTES ? NettyLayout.HEADER_BYTES : stagingBytes;
        room = end - kept;
        return staging + kept;
    }

    /** Bytes that the next read may take. */
    int room() {
        return room;
    }

    /** Whether, after a read of {@code bytes} into {@link #room}, another may find something without having waited. */
    boolean more(int bytes) {
        return bytes == room && (rest > 0 || !direct);
    }

    @Override
    public ByteBuf allocate(ByteBufAllocator allocator) {
        long place = next();
        return view.aim(place, room);
    }

    @Override
    public int guess() {
        return stagingBytes;
    }

    @Override
    public void reset(ChannelConfig config) {
        reads = 0;
    }

    @Override
    public void incMessagesRead(int messages) {
        reads += messages;
    }

    @Override
    public void lastBytesRead(int bytes) {
        last = bytes;
    }

    @Override
    public int lastBytesRead() {
        return last;
    }

    @Override
    public void attemptedBytesRead(int bytes) {
        attempted = bytes;
    }

    @Override
    public int attemptedBytesRead() {
        return attempted;
    }

    /** Only when staging was filled, or in the middle of a frame whose next bytes may be there already. */
    @Override
    public boolean continueReading() {
        return reads < MOST_READS && more(last);
    }

    @Override
    public boolean continueReading(UncheckedBooleanSupplier mayBeMore) {
        return continueReading();
    }

    @Override
    public void readComplete() {
        // nothing to adapt: the sizes follow from the frames
    }
}
