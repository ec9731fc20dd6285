package org.fabricmark.transport.rdma.verbs;

/** Where completions of one or more work queues come. Thread rule: its context's thread. */
public interface CompletionQueue extends AutoCloseable {
    /** Where it was made. */
    Context context();

    /** How many completions it holds. */
    int capacity();

    /** What it was given when it was made, or null. */
    Object cookie();

    /**
     * Takes completions out, at most as many as {@code into} has places. Completions of one work queue come in the order in which
     * its requests were posted. Does not block, does not allocate.
     *
     * @return how many; -1 when the queue has overflowed and is of no use any more
     */
    int poll(WorkCompletion[] into);

    /**
     * Arms it: the next completion that is added from now on puts one event into the channel. Those already there do not. Poll again
     * after arming, before waiting.
     *
     * @param solicitedOnly only for completions of receives whose sender asked for it, and for errors. Armed once for all, it stays so
     * @throws VerbsException {@code EINVAL} without a channel
     */
    void requestNotification(boolean solicitedOnly);

    /**
     * Makes it hold {@code capacity} completions at least.
     *
     * @throws VerbsException {@code EINVAL} when there are more in it, or the device has no room for so many
     */
    void resize(int capacity);

    /**
     * Destroys it.
     *
     * @throws VerbsException {@code EBUSY} while a queue pair uses it, or an event of it is not acknowledged
     */
    @Override
    void close();
}
