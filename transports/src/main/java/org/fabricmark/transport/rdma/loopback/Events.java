package org.fabricmark.transport.rdma.loopback;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fabricmark.transport.rdma.verbs.AsyncEvent;
import org.fabricmark.transport.rdma.verbs.VerbsException;

/** Events of one context: those that nobody has taken, and those that nobody has given back. Thread rule: the context's thread. */
final class Events {
    private final ArrayDeque<AsyncEvent> waiting = new ArrayDeque<>();
    private final List<AsyncEvent> taken = new ArrayList<>();

    void add(AsyncEvent.Type type, Object element) {
        waiting.add(new AsyncEvent(type, element));
    }

    Optional<AsyncEvent> poll() {
        AsyncEvent event = waiting.poll();
        if (event != null) {
            taken.add(event);
        }
        return Optional.ofNullable(event);
    }

    void acknowledge(AsyncEvent event) {
        for (int i = 0; i < taken.size(); i++) {
            if (taken.get(i) == event) {
                taken.remove(i);
                return;
            }
        }
        throw VerbsException.invalid("this event was not taken from here, or is acknowledged already");
    }

    /** Whether an event of {@code element} was taken and not given back. */
    boolean unacknowledged(Object element) {
        return taken.stream().anyMatch(event -> event.element() == element);
    }

    /** Drops what nobody has taken of {@code element}. */
    void forget(Object element) {
        waiting.removeIf(event -> event.element() == element);
    }
}
