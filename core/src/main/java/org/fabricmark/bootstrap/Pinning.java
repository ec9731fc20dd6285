package org.fabricmark.bootstrap;

import java.util.List;
import org.fabricmark.system.CLibrary;

/**
 * Which core each rank stays on.
 *
 * @param cores rank i is kept on the i-th of these numbers; ranks beyond them begin again at the first. Empty: ranks run wherever
 *     the operating system puts them
 */
public record Pinning(List<Integer> cores) {
    /** Nobody is pinned. */
    public static final Pinning NONE = new Pinning(List.of());

    public Pinning {
        cores = List.copyOf(cores);
    }

    /** Whether nobody is pinned. */
    public boolean isNone() {
        return cores.isEmpty();
    }

    /** How many cores ranks may use of the {@code available} ones: a quota may leave fewer than there are numbers here. */
    public int usable(int available) {
        return isNone() ? available : (int) Math.min(available, cores.stream().distinct().count());
    }

    /** The core of {@code rank}; somebody must be pinned. */
    public int core(int rank) {
        return cores.get(rank % cores.size());
    }

    /**
     * Keeps the calling thread, which is {@code rank}'s, on its core.
     *
     * @throws IllegalStateException when the core may not be used
     */
    void pin(int rank) {
        if (!isNone() && !CLibrary.pinThread(core(rank))) {
            throw new IllegalStateException("rank " + rank + " cannot be kept on core " + core(rank));
        }
    }
}
