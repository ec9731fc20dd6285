package org.fabricmark.transport.rdma.loopback;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.fabricmark.memory.AddressSpace;
import org.fabricmark.transport.host.SharedFile;
import org.fabricmark.transport.rdma.loopback.Neighbour.NeighbourGoneException;
import org.fabricmark.transport.rdma.verbs.VerbsException;

/**
 * Memory of one context of another process (or of this one), mapped through the descriptors of its process. A segment is mapped when a
 * request first needs it, and unmapped when the next one is mapped after its owner gave it back.
 *
 * <p>Thread rule: the thread of the context that looks.
 */
final class HostNeighbour implements Neighbour.Mapper, AutoCloseable {
    private record Mapping(Arena arena, long inode) {}

    private final long process;
    private final int descriptor;
    private final long inode;
    private final Arena arena = Arena.ofConfined();
    private final long block;
    private final Map<Integer, Mapping> mappings = new HashMap<>();

    private HostNeighbour(long process, int descriptor, long inode, SharedFile file) throws IOException {
        this.process = process;
        this.descriptor = descriptor;
        this.inode = inode;
        MemorySegment memory = file.map(LoopbackLayout.BLOCK_BYTES, arena);
        memory.load();
        block = memory.address();
    }

    /**
     * Maps the block of a context.
     *
     * @return null when there is none with this secret
     * @throws VerbsException {@code EINVAL} when this process is not let
     */
    static HostNeighbour find(long process, int descriptor, long secret) {
        Path path = path(process, descriptor);
        try {
            Optional<SharedFile> found = SharedFile.open(path);
            if (found.isEmpty()) {
                return null;
            }
            try (SharedFile file = found.get()) {
                if (file.size() < LoopbackLayout.BLOCK_BYTES) {
                    return null;
                }
                HostNeighbour neighbour = new HostNeighbour(process, descriptor, OwnedFile.inode(path), file);
                if (neighbour.is(secret)) {
                    return neighbour;
                }
                neighbour.close();
                return null;
            }
        } catch (AccessDeniedException e) {
            throw new VerbsException(VerbsException.Reason.EINVAL, "memory of process " + process
                    + " cannot be opened: run all processes of a fabric as one user, in one container", e);
        } catch (IOException e) {
            return null; // the process ends just now, or the descriptor is of something else
        }
    }

    private static Path path(long process, int descriptor) {
        return Path.of("/proc", Long.toString(process), "fd", Integer.toString(descriptor));
    }

    private boolean is(long secret) {
        return AddressSpace.getLongAcquire(block + LoopbackLayout.BLOCK_MAGIC) == LoopbackLayout.MAGIC
                && AddressSpace.getInt(block + LoopbackLayout.BLOCK_VERSION) == LoopbackLayout.VERSION
                && AddressSpace.getLong(block + LoopbackLayout.BLOCK_SECRET) == secret;
    }

    long block() {
        return block;
    }

    @Override
    public long map(int segment) {
        dropFreed();
        long entry = LoopbackLayout.segment(block, segment & LoopbackLayout.SEGMENTS - 1);
        int fd = AddressSpace.getInt(entry + LoopbackLayout.SEGMENT_DESCRIPTOR);
        long length = AddressSpace.getLong(entry + LoopbackLayout.SEGMENT_LENGTH);
        long file = AddressSpace.getLongAcquire(entry + LoopbackLayout.SEGMENT_FILE);
        Path path = path(process, fd);
        Arena mapped = Arena.ofConfined();
        try (SharedFile opened = SharedFile.open(path).orElseThrow(() -> new IOException(path + " is gone"))) {
            if (OwnedFile.inode(path) != file || opened.size() < length) {
                throw new IOException(path + " is another file");
            }
            MemorySegment memory = opened.map(length, mapped);
            memory.load();
            mappings.put(segment, new Mapping(mapped, file));
            return memory.address();
        } catch (IOException e) {
            mapped.close();
            throw new NeighbourGoneException("segment " + segment + " of process " + process, e);
        }
    }

    private void dropFreed() {
        mappings.entrySet().removeIf(each -> {
            long entry = LoopbackLayout.segment(block, each.getKey() & LoopbackLayout.SEGMENTS - 1);
            boolean freed = AddressSpace.getLongAcquire(entry + LoopbackLayout.SEGMENT_FILE) != each.getValue().inode;
            if (freed) {
                each.getValue().arena.close(); // its number is not used again
            }
            return freed;
        });
    }

    @Override
    public boolean alive() {
        try {
            return OwnedFile.inode(path(process, descriptor)) == inode;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        mappings.values().forEach(mapping -> mapping.arena.close());
        mappings.clear();
        arena.close();
    }
}
