package org.fabricmark.bench.primitive.verbs;

import java.util.Objects;

/**
 * What two ranks have for measuring primitives between them.
 *
 * @param fabric whose devices
 * @param processes whether rank 1 is a process; otherwise it is a thread
 * @param queues how requests are queued
 * @param mostBytes of a message
 */
public record VerbsCase(Fabric fabric, boolean processes, Queues queues, long mostBytes) {
    /** Of one message; both ranks have it twice for each queue pair. */
    public static final long MOST_BYTES = 1 << 30;

    public VerbsCase {
        Objects.requireNonNull(fabric, "fabric");
        Objects.requireNonNull(queues, "queues");
        if (mostBytes < 1 || mostBytes > MOST_BYTES) {
            throw new IllegalArgumentException(
                    "size '" + mostBytes + "': a message of a primitive is 1 to " + MOST_BYTES
                            + " bytes");
        }
    }

    /** The written form, for the process of rank 1. */
    String text() {
        return fabric.text() + " " + queues.text() + " " + mostBytes;
    }

    /** Reads {@link #text} back, in the process of rank 1. */
    static VerbsCase parse(String text) {
        String[] words = text.split(" ");
        return new VerbsCase(Fabric.parse(words, 0), true, Queues.parse(words, 4), Long.parseLong(words[9]));
    }
}
