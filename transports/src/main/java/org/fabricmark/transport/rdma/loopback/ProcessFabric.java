package org.fabricmark.transport.rdma.loopback;

import java.lang.foreign.Arena;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A fabric within this process, and the memory of all its contexts' queues. That memory lives until the last context closes, so that a
 * peer that comes late finds a queue pair that does not exist instead of no memory.
 *
 * <p>Thread rule: any thread.
 */
final class ProcessFabric {
    private static final Map<String, ProcessFabric> OPEN = new ConcurrentHashMap<>();

    private final Arena arena = Arena.ofShared();
    private final Map<Long, Long> blocks = new HashMap<>();
    private long lastSecret;

    private ProcessFabric() {}

    /** What joining a fabric gives: number and block of the new context. */
    record Membership(ProcessFabric fabric, long secret, long block) {}

    /** Adds a context to the fabric called {@code name}, which is made for the first one. */
    static Membership join(String name) {
        Membership[] made = new Membership[1];
        OPEN.compute(name, (same, present) -> {
            ProcessFabric fabric = present == null ? new ProcessFabric() : present;
            long secret = ++fabric.lastSecret;
            long block = fabric.allocate(LoopbackLayout.BLOCK_BYTES);
            made[0] = new Membership(fabric, secret, block);
            return fabric;
        });
        return made[0];
    }

    /** Makes a context findable. */
    synchronized void publish(Membership member) {
        blocks.put(member.secret, member.block);
    }

    /** The block of a context, or 0. */
    synchronized long find(long secret) {
        return blocks.getOrDefault(secret, 0L);
    }

    /** Takes a context out; the last one takes the fabric with it. */
    static void leave(String name, Membership member) {
        OPEN.computeIfPresent(name, (same, fabric) -> {
            if (fabric != member.fabric || !fabric.remove(member.secret)) {
                return fabric;
            }
            fabric.arena.close();
            return null;
        });
    }

    private synchronized boolean remove(long secret) {
        blocks.remove(secret);
        return blocks.isEmpty();
    }

    long allocate(long bytes) {
        return arena.allocate(bytes, 4096).address();
    }
}
