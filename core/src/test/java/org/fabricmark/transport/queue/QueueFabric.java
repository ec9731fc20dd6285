package org.fabricmark.transport.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import org.fabricmark.transport.Failure;

/** What the ranks of one job share: bounded queues between each pair, stages of set-up barriers, and the abort. */
final class QueueFabric {
    private static final Map<String, QueueFabric> JOBS = new ConcurrentHashMap<>();

    final int depth;
    final AtomicReference<Failure> aborted = new AtomicReference<>();
    final AtomicLongArray stages;
    private final String job;
    private final int size;
    private final AtomicIntegerArray members;
    private final List<BlockingQueue<Frame>> queues = new ArrayList<>();

    private QueueFabric(String job, int size, int depth) {
        this.job = job;
        this.size = size;
        this.depth = depth;
        this.stages = new AtomicLongArray(size);
        this.members = new AtomicIntegerArray(1);
        for (int i = 0; i < size * size; i++) {
            queues.add(new ArrayBlockingQueue<>(depth));
        }
    }

    static QueueFabric join(String job, int size, int depth) {
        return JOBS.compute(job, (name, known) -> {
            QueueFabric fabric = known == null ? new QueueFabric(name, size, depth) : known;
            fabric.members.incrementAndGet(0);
            return fabric;
        });
    }

    void leave() {
        JOBS.compute(job, (_, fabric) -> members.decrementAndGet(0) == 0 ? null : fabric);
    }

    static List<String> jobs() {
        return List.copyOf(JOBS.keySet());
    }

    BlockingQueue<Frame> queue(int from, int to) {
        return queues.get(from * size + to);
    }
}
