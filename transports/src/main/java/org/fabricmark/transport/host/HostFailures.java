package org.fabricmark.transport.host;

import java.io.IOException;
import java.nio.file.Path;
import org.fabricmark.transport.FabricException;
import org.fabricmark.transport.Failure;
import org.fabricmark.transport.Failure.Category;

/**
 * What can go wrong with the files of a job, in words for its user. Thread rule: the rank's thread.
 *
 * @param rank who says it
 * @param transport name of the transport
 * @param directory where the files are
 */
public record HostFailures(int rank, String transport, Path directory) {
    private static final long MIB = 1024 * 1024;

    /** Rank could not do {@code what}: {@code attach to job x}. Tells full memory and interrupted threads from the rest. */
    public FabricException io(String what, IOException e) {
        if (Thread.currentThread().isInterrupted()) { // which closes channels and ends waits for locks
            return new FabricException(interrupted(), e);
        }
        if (String.valueOf(e.getMessage()).contains("No space left")) {
            return noRoom(directory + " is full", e);
        }
        return new FabricException(
                Failure.of(
                        Category.NO_ROOM,
                        rank,
                        transport,
                        "rank " + rank + " cannot " + what + " in " + directory + ": " + e),
                e);
    }

    /** There are {@code free} bytes where {@code needed} are. */
    public FabricException noRoom(long needed, long free) {
        return noRoom(
                "needs " + (needed + MIB - 1) / MIB + " MiB in " + directory + ", " + free / MIB + " MiB free", null);
    }

    private FabricException noRoom(String what, IOException cause) {
        return new FabricException(
                Failure.of(Category.NO_ROOM, rank, transport, what + ": in a container, docker run --shm-size=..."),
                cause);
    }

    /** The rank's thread was interrupted. */
    public Failure interrupted() {
        return Failure.of(Category.INTERRUPTED, rank, transport, "the thread of rank " + rank + " was interrupted");
    }

    FabricException wrong(String what) {
        return new FabricException(Failure.of(Category.PROGRAM_WRONG, rank, transport, what));
    }
}
