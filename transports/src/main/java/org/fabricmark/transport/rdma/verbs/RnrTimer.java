package org.fabricmark.transport.rdma.verbs;

import java.time.Duration;

/**
 * How long a peer waits at least that met no receive here ("receiver not ready"). A queue pair must be given one: the code that an
 * unset field would have is the longest wait of all.
 *
 * @param code 0 to 31, of the specification's table (volume 1, table 45)
 */
public record RnrTimer(int code) {
    private static final long MICROSECOND = 1000;

    /** By code, in hundredths of a millisecond. */
    private static final int[] TENS_OF_MICROSECONDS = {
        65536, 1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192,
        256, 384, 512, 768, 1024, 1536, 2048, 3072, 4096, 6144, 8192, 12288, 16384, 24576, 32768, 49152
    };

    public RnrTimer {
        if (code < 0 || code >= TENS_OF_MICROSECONDS.length) {
            throw VerbsException.invalid("RNR timer code " + code + ": 0 to 31");
        }
    }

    /** 0.01 to 655.36 ms, in nanoseconds. */
    public long nanos() {
        return TENS_OF_MICROSECONDS[code] * 10 * MICROSECOND;
    }

    /** The shortest one that lasts at least {@code wait}. */
    public static RnrTimer atLeast(Duration wait) {
        for (int code = 1; code < TENS_OF_MICROSECONDS.length; code++) {
            if (TENS_OF_MICROSECONDS[code] * 10 * MICROSECOND >= wait.toNanos()) {
                return new RnrTimer(code);
            }
        }
        return new RnrTimer(0);
    }
}
