package org.fabricmark.transport.netty;

import io.netty.util.ResourceLeakDetector;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Netty's detector of buffers that nobody has released, with a memory for what it reports. The build names it to Netty. */
public final class LeakWitness<T> extends ResourceLeakDetector<T> {
    private static final Queue<String> LEAKS = new ConcurrentLinkedQueue<>();

    public LeakWitness(Class<?> type, int interval) {
        super(type, interval);
    }

    /** Netty looks for this one too. */
    @SuppressWarnings("deprecation")
    public LeakWitness(Class<?> type, int interval, long active) {
        super(type, interval, active);
    }

    @Override
    protected void reportTracedLeak(String type, String records) {
        LEAKS.add("leaked " + type + records);
    }

    @Override
    protected void reportUntracedLeak(String type) {
        LEAKS.add("leaked " + type);
    }

    /** What was reported so far. */
    static List<String> leaks() {
        return List.copyOf(LEAKS);
    }
}
