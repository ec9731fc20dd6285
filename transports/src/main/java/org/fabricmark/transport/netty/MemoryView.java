package org.fabricmark.transport.netty;

import io.netty.buffer.AbstractReferenceCountedByteBuf;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.ScatteringByteChannel;
import java.util.function.Consumer;
import org.fabricmark.memory.AddressSpace;

/**
 * What Netty reads and writes: a range of memory that it does not own, as a buffer that can be aimed at another range when it is
 * free. So a put leaves from a window, and arrives in one, without a copy and without an object for each.
 *
 * <p>Its accessors by index are complete but slow: sockets take the address (epoll, io_uring) or {@link #internalNioBuffer}
 * (nio).
 *
 * <p>Ownership: whoever aims it keeps the memory mapped until the count of references has come down to zero, when it calls
 * the owner.
 *
 * <p>Thread rule: the rank's thread.
 */
final class MemoryView extends AbstractReferenceCountedByteBuf {
    private final Consumer<MemoryView> owner;
    private long address;
    private int bytes;

    /** The range that {@link #nio} covers; made when it is first needed, and kept as long as the view stays within it. */
    private long nioAddress;

    private ByteBuffer nio;

    /** Where its owner stands after it; the owner's business. */
    long mark;

    /** @param owner hears when nobody refers to it any more, and may then aim it again */
    MemoryView(Consumer<MemoryView> owner) {
        super(Integer.MAX_VALUE);
        this.owner = owner;
        setRefCnt(0);
    }

    /** Says that ranges will lie within this one. */
    void within(long wholeAddress, int wholeBytes) {
        nioAddress = wholeAddress;
        nio = AddressSpace.segment(wholeAddress, wholeBytes).asByteBuffer();
    }

    /** Takes a free view into use: empty, with room for {@code size} bytes from {@code from} on. */
    MemoryView aim(long from, int size) {
        resetRefCnt();
        address = from;
        bytes = size;
        setIndex(0, 0);
        return this;
    }

    /** As {@link #aim}, full. */
    MemoryView aimFull(long from, int size) {
        aim(from, size);
        setIndex(0, size);
        return this;
    }

    @Override
    protected void deallocate() {
        owner.accept(this);
    }

    @Override
    public int capacity() {
        return bytes;
    }

    @Override
    public ByteBuf capacity(int newCapacity) {
        throw new UnsupportedOperationException("a view of memory has the size of the memory");
    }

    @Override
    public ByteBufAllocator alloc() {
        return UnpooledByteBufAllocator.DEFAULT;
    }

    @Override
    @Deprecated
    public ByteOrder order() {
        return ByteOrder.BIG_ENDIAN; // of the accessors by index, as with every buffer of Netty
    }

    @Override
    public ByteBuf unwrap() {
        return null;
    }

    @Override
    public boolean isDirect() {
        return true;
    }

    @Override
    public boolean hasArray() {
        return false;
    }

    @Override
    public byte[] array() {
        throw new UnsupportedOperationException("memory outside the heap has no array");
    }

    @Override
    public int arrayOffset() {
        throw new UnsupportedOperationException("memory outside the heap has no array");
    }

    @Override
    public boolean hasMemoryAddress() {
        return true;
    }

    @Override
    public long memoryAddress() {
        return address;
    }

    @Override
    public int nioBufferCount() {
        return 1;
    }

    @Override
    public ByteBuffer internalNioBuffer(int index, int length) {
        long start = address + index;
        if (nio == null || start < nioAddress || start + length > nioAddress + nio.capacity()) {
            within(address, bytes);
        }
        int position = (int) (start - nioAddress);
        return nio.limit(position + length).position(position);
    }

    @Override
    public ByteBuffer nioBuffer(int index, int length) {
        return segment(index, length).asByteBuffer();
    }

    @Override
    public ByteBuffer[] nioBuffers(int index, int length) {
        return new ByteBuffer[] {nioBuffer(index, length)};
    }

    private MemorySegment segment(int index, int length) {
        checkIndex(index, length);
        return AddressSpace.segment(address + index, length);
    }

    private ByteBuffer buffer(int index, int length) {
        return nioBuffer(index, length);
    }

    @Override
    protected byte _getByte(int index) {
        return buffer(index, Byte.BYTES).get();
    }

    @Override
    protected short _getShort(int index) {
        return buffer(index, Short.BYTES).getShort();
    }

    @Override
    protected short _getShortLE(int index) {
        return Short.reverseBytes(_getShort(index));
    }

    @Override
    protected int _getUnsignedMedium(int index) {
        return (_getByte(index) & 0xff) << 16 | _getShort(index + 1) & 0xffff;
    }

    @Override
    protected int _getUnsignedMediumLE(int index) {
        return (_getByte(index + 2) & 0xff) << 16 | _getShortLE(index) & 0xffff;
    }

    @Override
    protected int _getInt(int index) {
        return buffer(index, Integer.BYTES).getInt();
    }

    @Override
    protected int _getIntLE(int index) {
        return Integer.reverseBytes(_getInt(index));
    }

    @Override
    protected long _getLong(int index) {
        return buffer(index, Long.BYTES).getLong();
    }

    @Override
    protected long _getLongLE(int index) {
        return Long.reverseBytes(_getLong(index));
    }

    @Override
    protected void _setByte(int index, int value) {
        buffer(index, Byte.BYTES).put((byte) value);
    }

    @Override
    protected void _setShort(int index, int value) {
        buffer(index, Short.BYTES).putShort((short) value);
    }

    @Override
    protected void _setShortLE(int index, int value) {
        _setShort(index, Short.reverseBytes((short) value));
    }

    @Override
    protected void _setMedium(int index, int value) {
        _setByte(index, value >>> 16);
        _setShort(index + 1, value);
    }

    @Override
    protected void _setMediumLE(int index, int value) {
        _setShortLE(index, value);
        _setByte(index + 2, value >>> 16);
    }

    @Override
    protected void _setInt(int index, int value) {
        buffer(index, Integer.BYTES).putInt(value);
    }

    @Override
    protected void _setIntLE(int index, int value) {
        _setInt(index, Integer.reverseBytes(value));
    }

    @Override
    protected void _setLong(int index, long value) {
        buffer(index, Long.BYTES).putLong(value);
    }

    @Override
    protected void _setLongLE(int index, long value) {
        _setLong(index, Long.reverseBytes(value));
    }

    @Override
    public ByteBuf getBytes(int index, ByteBuf target, int targetIndex, int length) {
        target.setBytes(targetIndex, buffer(index, length));
        return this;
    }

    @Override
    public ByteBuf getBytes(int index, byte[] target, int targetIndex, int length) {
        buffer(index, length).get(target, targetIndex, length);
        return this;
    }

    @Override
    public ByteBuf getBytes(int index, ByteBuffer target) {
        target.put(buffer(index, target.remaining()));
        return this;
    }

    @Override
    public ByteBuf getBytes(int index, OutputStream target, int length) throws IOException {
        byte[] copy = new byte[length];
        getBytes(index, copy);
        target.write(copy);
        return this;
    }

    @Override
    public int getBytes(int index, GatheringByteChannel target, int length) throws IOException {
        return target.write(internalNioBuffer(index, length));
    }

    @Override
    public int getBytes(int index, FileChannel target, long position, int length) throws IOException {
        return target.write(internalNioBuffer(index, length), position);
    }

    @Override
    public ByteBuf setBytes(int index, ByteBuf source, int sourceIndex, int length) {
        source.getBytes(sourceIndex, buffer(index, length));
        return this;
    }

    @Override
    public ByteBuf setBytes(int index, byte[] source, int sourceIndex, int length) {
        buffer(index, length).put(source, sourceIndex, length);
        return this;
    }

    @Override
    public ByteBuf setBytes(int index, ByteBuffer source) {
        buffer(index, source.remaining()).put(source);
        return this;
    }

    @Override
    public int setBytes(int index, InputStream source, int length) throws IOException {
        byte[] copy = new byte[length];
        int read = source.read(copy);
        if (read > 0) {
            setBytes(index, copy, 0, read);
        }
        return read;
    }

    @Override
    public int setBytes(int index, ScatteringByteChannel source, int length) throws IOException {
        return source.read(internalNioBuffer(index, length));
    }

    @Override
    public int setBytes(int index, FileChannel source, long position, int length) throws IOException {
        return source.read(internalNioBuffer(index, length), position);
    }

    @Override
    public ByteBuf copy(int index, int length) {
        return alloc().directBuffer(length).writeBytes(buffer(index, length));
    }
}
