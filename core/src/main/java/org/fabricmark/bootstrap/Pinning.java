package org.fabricmark.bootstrap;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    /** System property: numbers of cores, separated by commas. For programs that start other JVMs, and tell them so. */
    public static final String PROPERTY = "fabricmark.pin";

    public Pinning {
        cores = List.copyOf(cores);
    }

    /**
     * What {@value #PROPERTY} says in this JVM; nobody is pinned where it is not set.
     *
     * @throws IllegalArgumentException when it is not a list of numbers
     */
    public static Pinning ofThisJvm() {
        String cores = System.getProperty(PROPERTY);
        if (cores == null) {
            return NONE;
        }
        if (!cores.matches("[0-9]{1,6}(,[0-9]{1,6})*")) {
            throw new IllegalArgumentException(PROPERTY + " '" + cores + "': cores are numbers, as in 0,1");
        }
        return new Pinning(Stream.of(cores.split(",")).map(Integer::valueOf).toList());
    }

    /** What makes {@link #ofThisJvm} say this in another JVM; nobody may be pinned by it. */
    public List<String> flags() {
        return isNone() ? List.of()
                : List.of("-D" + PROPERTY + "="
                        + cores.stream().map(String::valueOf).collect(Collectors.joining(",")));
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
