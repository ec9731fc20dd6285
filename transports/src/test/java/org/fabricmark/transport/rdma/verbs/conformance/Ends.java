package org.fabricmark.transport.rdma.verbs.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.fabricmark.transport.rdma.verbs.AsyncEvent;
import org.fabricmark.transport.rdma.verbs.CompletionQueue;
import org.fabricmark.transport.rdma.verbs.Device;
import org.fabricmark.transport.rdma.verbs.FabricSpec;
import org.fabricmark.transport.rdma.verbs.ServiceType;
import org.fabricmark.transport.rdma.verbs.WorkCompletion;

/**
 * Two ends of a fabric that nobody else is on, driven in turn by the thread of the case: providers may work inside of calls only.
 * Every wait has a deadline.
 */
final class Ends implements AutoCloseable {
    private static final long DEADLINE = Duration.ofSeconds(10).toNanos();
    /** How long is looked for what must not come: many times what a provider on the same thread needs. */
    private static final long QUIET = Duration.ofMillis(4).toNanos();
    private static final int QUIET_ROUNDS = 200;

    private final FabricSpec fabric;
    private final Device device;
    private final List<End> all = new ArrayList<>();
    private final WorkCompletion[] none = WorkCompletion.array(1);

    Ends(Subject subject, FabricSpec fabric) {
        this.fabric = fabric;
        device = subject.device(fabric);
        open();
        open();
    }

    FabricSpec fabric() {
        return fabric;
    }

    Device device() {
        return device;
    }

    End a() {
        return all.get(0);
    }

    End b() {
        return all.get(1);
    }

    /** One more context. */
    End open() {
        End end = new End(device);
        all.add(end);
        return end;
    }

    /** Two queue pairs in RESET, each with completion queues of its own. */
    Link pairs(ServiceType service) {
        return new Link(side(a(), service), side(b(), service));
    }

    static Side side(End end, ServiceType service) {
        CompletionQueue sends = end.queue();
        CompletionQueue receives = end.queue();
        return new Side(end, end.pair(service, sends, receives), sends, receives);
    }

    Link connect() {
        return connect(Connection.USUAL);
    }

    /** Two connected queue pairs of a reliable connection. */
    Link connect(Connection how) {
        return pairs(ServiceType.RELIABLE_CONNECTION).connect(how);
    }

    Link connect(ServiceType service) {
        return pairs(service).connect(Connection.USUAL);
    }

    void progress() {
        for (End each : all) {
            each.context().progress();
        }
    }

    /** Waits until {@code condition} holds. */
    void until(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + DEADLINE;
        while (!condition.getAsBoolean()) {
            progress();
            if (System.nanoTime() > deadline) {
                fail("not in time: " + what);
            }
        }
    }

    /** Waits for the next completion. */
    WorkCompletion await(CompletionQueue queue) {
        WorkCompletion[] one = WorkCompletion.array(1);
        until("a completion", () -> queue.poll(one) != 0);
        return one[0];
    }

    /** Waits for {@code count} completions. */
    List<WorkCompletion> await(CompletionQueue queue, int count) {
        List<WorkCompletion> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(await(queue));
        }
        return all;
    }

    /** The event that {@code end} gets next, given back. */
    AsyncEvent event(End end) {
        List<AsyncEvent> found = new ArrayList<>();
        until("an event", () -> end.event().map(found::add).orElse(false));
        return found.getFirst();
    }

    /** Nothing more happens: lets the ends work for a while. */
    void settle() {
        long until = System.nanoTime() + QUIET;
        for (int i = 0; i < QUIET_ROUNDS || System.nanoTime() < until; i++) {
            progress();
        }
    }

    /** Nothing comes to any of {@code queues}. */
    void assertNothing(CompletionQueue... queues) {
        settle();
        for (CompletionQueue each : queues) {
            assertEquals(0, each.poll(none), () -> "unexpected: " + none[0]);
        }
    }

    void assertNoEvent(End end) {
        settle();
        assertEquals(Optional.empty(), end.event());
    }

    /** {@code work} took at least {@code nanos}, by the clock. */
    static void assertLasts(long nanos, Runnable work) {
        long start = System.nanoTime();
        work.run();
        long took = System.nanoTime() - start;
        assertTrue(took >= nanos, () -> took + " ns, at least " + nanos + " expected");
    }

    @Override
    public void close() {
        for (End each : all.reversed()) {
            each.close();
        }
    }
}
