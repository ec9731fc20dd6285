package org.fabricmark.transport.shm;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fabricmark.transport.FabricException;
import org.fabricmark.transport.TransportContext;
import org.fabricmark.transport.host.HostMeeting;
import org.fabricmark.transport.host.SharedFile;

/**
 * How one rank gets its regions: it meets the others at every step from the file's creation to the last mapping. Nothing here is on
 * the step path.
 *
 * <p>Thread rule: the rank's thread, which maps and unmaps.
 */
final class ShmEndpoint {
    private final HostMeeting meeting;
    private final Path directory;
    private final String job;
    private int files;

    private ShmEndpoint(HostMeeting meeting, Path directory, String job) {
        this.meeting = meeting;
        this.directory = directory;
        this.job = job;
    }

    /** Meets the other ranks. Collective. */
    static ShmEndpoint attach(TransportContext context, ShmOptions options, String name) {
        HostMeeting meeting = HostMeeting.attach(context, name, options.directory(), ShmLayout.hash());
        return new ShmEndpoint(meeting, options.directory(), context.job());
    }

    HostMeeting meeting() {
        return meeting;
    }

    /**
     * Makes the next region: rank 0 creates its file, all ranks map it and reserve their part. Collective.
     *
     * @param bytes of each rank's part, whole pages
     * @return all parts, mapped until {@code arena} closes
     */
    MemorySegment mapRegion(long bytes, Arena arena) {
        Path path = SharedFile.path(directory, job, ++files); // 0 is the meeting's
        boolean first = meeting.rank() == 0;
        long total = bytes * meeting.size();
        try (SharedFile created = first ? createRegion(path, total) : null) {
            try {
                meeting.barrier("to create a region");
                if (first) {
                    return mapAndReserve(created, bytes, total, arena);
                }
                try (SharedFile opened = SharedFile.open(path).orElseThrow(() -> new IOException(path + " is gone"))) {
                    return mapAndReserve(opened, bytes, total, arena);
                }
            } finally {
                if (first) {
                    created.unlink();
                }
            }
        } catch (IOException e) {
            FabricException failure = meeting.failures().io("allocate " + total + " bytes", e);
            meeting.abort(failure.failure());
            throw failure;
        }
    }

    private SharedFile createRegion(Path path, long total) throws IOException {
        long free = Files.getFileStore(directory).getUsableSpace();
        if (total > free) {
            FabricException failure = meeting.failures().noRoom(total, free);
            meeting.abort(failure.failure());
            throw failure;
        }
        return SharedFile.create(path, total);
    }

    private MemorySegment mapAndReserve(SharedFile file, long bytes, long total, Arena arena) throws IOException {
        file.reserve(meeting.rank() * bytes, bytes);
        MemorySegment mapping = file.map(total, arena);
        meeting.barrier("to map a region");
        mapping.load(); // the page tables too: no fault is left for the first call
        return mapping;
    }
}
