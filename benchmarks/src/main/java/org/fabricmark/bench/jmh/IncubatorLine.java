package org.fabricmark.bench.jmh;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.IntConsumer;

/**
 * Drops the one line by which every JVM that is started with an incubator module announces it, and passes on every other byte that a
 * fork writes. Nothing that begins like that line is lost: it is passed on as soon as it differs.
 *
 * <p>Thread rule: any thread; JMH has one for each stream of a fork.
 */
final class IncubatorLine {
    /** What the JVM says. */
    static final String TEXT = "WARNING: Using incubator modules: " + ForkFlags.VECTOR;

    private static final byte[] LINE = (TEXT + "\n").getBytes(StandardCharsets.US_ASCII);

    private final IntConsumer target;
    private final ByteArrayOutputStream held = new ByteArrayOutputStream(); // so far the beginning of the line
    private boolean lineBegins = true;

    /** @param target where everything else goes */
    IncubatorLine(IntConsumer target) {
        this.target = target;
    }

    /** The next byte that a fork writes. */
    synchronized void write(int character) {
        boolean fits = (held.size() > 0 || lineBegins) && character == LINE[held.size()];
        if (!fits) {
            release();
            target.accept(character);
            lineBegins = character == '\n';
            return;
        }
        held.write(character);
        if (held.size() == LINE.length) {
            held.reset();
            lineBegins = true;
        }
    }

    /** JMH itself has ended a line. */
    synchronized void lineEnded() {
        release();
        lineBegins = true;
    }

    /** Passes on what looked like the line, and ended too early. */
    synchronized void release() {
        for (byte each : held.toByteArray()) {
            target.accept(each);
        }
        lineBegins = lineBegins && held.size() == 0;
        held.reset();
    }
}
