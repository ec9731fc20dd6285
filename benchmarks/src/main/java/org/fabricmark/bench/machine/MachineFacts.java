package org.fabricmark.bench.machine;

import java.util.Optional;
import java.util.OptionalLong;
import org.fabricmark.results.model.Environment;

/**
 * Reads what results depend on besides the code: {@link HardwareFacts}, {@link SoftwareFacts}, {@link StateFacts}. Reads only what
 * has a place in {@link Environment}.
 *
 * <p>Thread rule: any thread.
 */
public final class MachineFacts {
    private final SystemFiles files;

    /** Facts of this machine. */
    public MachineFacts() {
        this(SystemFiles.HERE);
    }

    MachineFacts(SystemFiles files) {
        this.files = files;
    }

    /**
     * Everything that could be found out.
     *
     * @param suite the build that measures
     * @param disturbances counted since the run began
     */
    public Environment environment(Environment.Suite suite, Disturbances disturbances) {
        return new Environment(hardware(), new SoftwareFacts(files).all(), state(disturbances), suite);
    }

    Environment.Hardware hardware() {
        return new HardwareFacts(files).all();
    }

    Environment.State state(Disturbances disturbances) {
        return new StateFacts(files).all(disturbances);
    }

    /** The largest cache that a processor of this machine has; empty where it is not told. */
    public OptionalLong lastLevelCacheBytes() {
        return new HardwareFacts(files).caches().values().stream().mapToLong(Long::longValue).max();
    }

    /** How many threads wanted to run in the last minute, on average. */
    Optional<Double> load() {
        return new StateFacts(files).load();
    }

    /** Bytes that are free for shared memory. */
    public OptionalLong freeSharedMemory() {
        return SharedMemorySpace.free(files.root());
    }
}
