package org.fabricmark.transport.rdma.verbs.conformance;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.fabricmark.transport.rdma.verbs.AccessFlag;
import org.fabricmark.transport.rdma.verbs.AsyncEvent;
import org.fabricmark.transport.rdma.verbs.CompletionQueue;
import org.fabricmark.transport.rdma.verbs.Context;
import org.fabricmark.transport.rdma.verbs.Device;
import org.fabricmark.transport.rdma.verbs.DeviceMemory;
import org.fabricmark.transport.rdma.verbs.Gid;
import org.fabricmark.transport.rdma.verbs.ProtectionDomain;
import org.fabricmark.transport.rdma.verbs.QueuePair;
import org.fabricmark.transport.rdma.verbs.QueuePairCapabilities;
import org.fabricmark.transport.rdma.verbs.QueuePairInit;
import org.fabricmark.transport.rdma.verbs.ServiceType;
import org.fabricmark.transport.rdma.verbs.SharedReceiveQueue;

/** One side: a context, a protection domain, and all that a case makes in them; closed in the opposite order. */
final class End implements AutoCloseable {
    static final int DEPTH = 64;
    static final QueuePairCapabilities USUAL = new QueuePairCapabilities(DEPTH, DEPTH, 4, 4, 64);

    private final Context context;
    private final Deque<AutoCloseable> made = new ArrayDeque<>();
    private final ProtectionDomain domain;

    End(Device device) {
        context = keep(device.open());
        domain = keep(context.allocateProtectionDomain());
    }

    Context context() {
        return context;
    }

    ProtectionDomain domain() {
        return domain;
    }

    Gid gid() {
        return context.gid(1, 0);
    }

    /** Will be closed at the end, before all that was kept earlier. */
    <T extends AutoCloseable> T keep(T object) {
        made.push(object);
        return object;
    }

    /** Closes it now. If it refuses, it is kept. */
    void end(AutoCloseable object) {
        close(object);
        made.removeFirstOccurrence(object);
    }

    /** Memory with every right. */
    Registered memory(int bytes) {
        return memory(domain, bytes, AccessFlag.localAndRemote());
    }

    /** Memory with these rights. */
    Registered memory(int bytes, AccessFlag... access) {
        return memory(domain, bytes, access.length == 0 ? Set.of() : EnumSet.of(access[0], access));
    }

    Registered memory(ProtectionDomain owner, int bytes, Set<AccessFlag> access) {
        DeviceMemory memory = context.allocate(bytes);
        return keep(new Registered(memory, owner.register(memory.segment(), access)));
    }

    /** A completion queue with room for all that two queue pairs of the usual sizes can complete. */
    CompletionQueue queue() {
        return queue(4 * DEPTH);
    }

    CompletionQueue queue(int capacity) {
        return keep(context.createCompletionQueue(capacity));
    }

    QueuePair pair(ServiceType service, CompletionQueue sends, CompletionQueue receives) {
        return pair(new QueuePairInit(service, sends, receives, null, USUAL, false));
    }

    QueuePair pair(ServiceType service, CompletionQueue sends, CompletionQueue receives, SharedReceiveQueue shared) {
        return pair(new QueuePairInit(service, sends, receives, shared, USUAL, false));
    }

    QueuePair pair(QueuePairInit init) {
        return keep(domain.createQueuePair(init));
    }

    /** The next event, given back at once. */
    Optional<AsyncEvent> event() {
        context.progress();
        Optional<AsyncEvent> event = context.pollAsyncEvent();
        event.ifPresent(context::acknowledge);
        return event;
    }

    /** Gives back all events that nobody asked for: they would keep their objects alive. */
    void forgetEvents() {
        boolean more = true;
        while (more) {
            more = event().isPresent();
        }
    }

    @Override
    public void close() {
        forgetEvents();
        RuntimeException failure = null;
        while (!made.isEmpty()) {
            try {
                close(made.pop());
            } catch (RuntimeException e) {
                failure = failure == null ? e : failure; // the others are in its wake
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static void close(AutoCloseable object) {
        try {
            object.close();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("no object of verbs throws this", e);
        }
    }
}
