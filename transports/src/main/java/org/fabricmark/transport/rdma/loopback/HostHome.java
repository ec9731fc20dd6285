package org.fabricmark.transport.rdma.loopback;

import java.lang.foreign.MemorySegment;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fabricmark.memory.AddressSpace;
import org.fabricmark.transport.rdma.verbs.DeviceMemory;
import org.fabricmark.transport.rdma.verbs.Gid;
import org.fabricmark.transport.rdma.verbs.VerbsException;

/**
 * A context whose peers may be in other processes: everything that they reach is in files without names. Its identifier says in which
 * process, behind which descriptor, and a secret by which a later file there is told from this one.
 */
final class HostHome implements Home {
    private static final long PREFIX = 0xfe80L << 48;
    private static final int DESCRIPTOR_SHIFT = 32;
    private static final int DESCRIPTORS = 1 << 16;
    private static final int LAST_SEGMENT = (1 << 16) - 1;
    private static final SecureRandom SECRETS = new SecureRandom();

    private final OwnedFile blockFile;
    private final Gid gid;
    private final Neighbour self;
    private final Map<Integer, OwnedFile> segments = new HashMap<>();
    private final List<HostNeighbour> neighbours = new ArrayList<>();
    private final QueueHeap heap = new QueueHeap(bytes -> segment(createSegment(bytes)).memory().address());
    private int lastSegment;
    private boolean closed;

    HostHome() {
        blockFile = OwnedFile.create(LoopbackLayout.BLOCK_BYTES);
        if (blockFile.descriptor() >= DESCRIPTORS) {
            blockFile.close();
            throw VerbsException.invalid("more than " + DESCRIPTORS + " files are open in this process");
        }
        long secret = SECRETS.nextLong();
        long process = ProcessHandle.current().pid();
        gid = new Gid(PREFIX | (long) blockFile.descriptor() << DESCRIPTOR_SHIFT | process, secret);
        long block = blockFile.memory().address();
        AddressSpace.setInt(block + LoopbackLayout.BLOCK_VERSION, LoopbackLayout.VERSION);
        AddressSpace.setLong(block + LoopbackLayout.BLOCK_SECRET, secret);
        AddressSpace.setLongRelease(block + LoopbackLayout.BLOCK_MAGIC, LoopbackLayout.MAGIC);
        self = Neighbour.onHost(block, secret, new Neighbour.Mapper() {
            @Override
            public long map(int number) {
                return segment(number).memory().address();
            }

            @Override
            public boolean alive() {
                return true;
            }
        });
    }

    private OwnedFile segment(int number) {
        OwnedFile file = segments.get(number);
        if (file == null) {
            throw new Neighbour.NeighbourGoneException("own segment " + number, null);
        }
        return file;
    }

    private int createSegment(long bytes) {
        if (segments.size() == LoopbackLayout.SEGMENTS || lastSegment == LAST_SEGMENT) {
            throw new VerbsException(VerbsException.Reason.ENOMEM,
                    "a context gives out memory " + LAST_SEGMENT + " times, " + LoopbackLayout.SEGMENTS + " at a time");
        }
        OwnedFile file = OwnedFile.create(bytes);
        do { // past those that are still in use
            lastSegment++;
        } while (AddressSpace.getLong(entry(lastSegment) + LoopbackLayout.SEGMENT_FILE) != 0);
        segments.put(lastSegment, file);
        long entry = entry(lastSegment);
        AddressSpace.setInt(entry + LoopbackLayout.SEGMENT_DESCRIPTOR, file.descriptor());
        AddressSpace.setLong(entry + LoopbackLayout.SEGMENT_LENGTH, file.memory().byteSize());
        AddressSpace.setLongRelease(entry + LoopbackLayout.SEGMENT_FILE, file.inode());
        return lastSegment;
    }

    private long entry(int segment) {
        return LoopbackLayout.segment(blockFile.memory().address(), segment & LoopbackLayout.SEGMENTS - 1);
    }

    private void freeSegment(int number) {
        if (closed) {
            return; // closing took all of them
        }
        AddressSpace.setLongRelease(entry(number) + LoopbackLayout.SEGMENT_FILE, 0);
        segments.remove(number).close();
    }

    @Override
    public Gid gid() {
        return gid;
    }

    @Override
    public Neighbour self() {
        return self;
    }

    @Override
    public Neighbour find(Gid wanted) {
        if (wanted.high() >>> 48 != PREFIX >>> 48) {
            return null;
        }
        HostNeighbour found = HostNeighbour.find(
                wanted.high() & 0xffff_ffffL, (int) (wanted.high() >>> DESCRIPTOR_SHIFT) & DESCRIPTORS - 1,
                wanted.low());
        if (found == null) {
            return null;
        }
        neighbours.add(found);
        return Neighbour.onHost(found.block(), wanted.low(), found);
    }

    @Override
    public long allocateQueue(int bytes) {
        return heap.allocate(bytes);
    }

    @Override
    public void freeQueue(long address, int bytes) {
        heap.free(address, bytes);
    }

    @Override
    public long placeOf(long address) {
        return placeOf(address, 1);
    }

    @Override
    public long placeOf(MemorySegment memory) {
        if (!memory.isNative()) {
            throw VerbsException.invalid("memory on the Java heap cannot be registered: it moves");
        }
        return placeOf(memory.address(), memory.byteSize());
    }

    private long placeOf(long address, long length) {
        for (Map.Entry<Integer, OwnedFile> each : segments.entrySet()) {
            long offset = address - each.getValue().memory().address();
            if (offset >= 0 && offset + length <= each.getValue().memory().byteSize()) {
                return LoopbackLayout.place(each.getKey(), offset);
            }
        }
        throw VerbsException.invalid(
                "other processes cannot reach this memory: register memory that Context.allocate gave");
    }

    @Override
    public DeviceMemory allocate(long bytes, RegisteredRanges ranges) {
        int number = createSegment(bytes);
        return new OwnedMemory(segment(number).memory().asSlice(0, bytes), ranges, () -> freeSegment(number));
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            neighbours.forEach(HostNeighbour::close);
            segments.values().forEach(OwnedFile::close);
            segments.clear();
            blockFile.close();
        }
    }
}
