package org.fabricmark.transport.rdma.verbs;

import java.time.Duration;
import java.util.Optional;

/** Where armed completion queues say that there is something to poll. Thread rule: its context's thread. */
public interface CompletionChannel extends AutoCloseable {
    /** Where it was made. */
    Context context();

    /**
     * Waits for an event: {@link CompletionQueue#requestNotification} brought one about. It may find the queue empty, when its completion
     * was polled before.
     *
     * @param timeout longest wait; zero to look only
     * @return which queue, or nothing when none came in time
     */
    Optional<CompletionQueue> awaitEvent(Duration timeout);

    /** Gives back {@code events} events of {@code queue}. */
    void acknowledge(CompletionQueue queue, int events);

    /**
     * Destroys it.
     *
     * @throws VerbsException {@code EBUSY} while a completion queue uses it
     */
    @Override
    void close();
}
