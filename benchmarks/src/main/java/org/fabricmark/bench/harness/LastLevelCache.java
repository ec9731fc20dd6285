package org.fabricmark.bench.harness;

import java.util.OptionalLong;
import org.fabricmark.bench.machine.MachineFacts;

/** The cache that data must not fit into if calls are to find them in memory. */
public final class LastLevelCache {
    /** What is assumed where the system does not tell. */
    private static final long ASSUMED_BYTES = 32L << 20;

    private static final OptionalLong READ = new MachineFacts().lastLevelCacheBytes();

    private LastLevelCache() {}

    /** Its size; 32 MiB if it is not known. */
    public static long bytes() {
        return READ.orElse(ASSUMED_BYTES);
    }

    /** As much as drives everything else out of it, whichever lines it replaces first. */
    public static long twice() {
        return 2 * bytes();
    }
}
