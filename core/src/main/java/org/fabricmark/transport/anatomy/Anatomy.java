package org.fabricmark.transport.anatomy;

import java.util.List;

/**
 * What one rank's attachment would post for the operations of {@link org.fabricmark.transport.Transport}, asked in the order in which
 * the rank would call them, from a fresh start. The methods are named as there, and tell sizes instead of addresses.
 *
 * <p>Thread rule: one thread; it keeps count, because what a request is like may depend on those before it.
 */
public interface Anatomy {
    /** In which terms it answers: service, size of packets, headers; one line. */
    String terms();

    /** As {@link org.fabricmark.transport.Transport#put}. */
    List<PostedRequest> put(int peer, int channel, long bytes);

    /**
     * As {@link org.fabricmark.transport.Transport#putAndNotify}.
     *
     * @param signal its index in the schedule; where a call's signals begin is decided when it is planned
     */
    List<PostedRequest> putAndNotify(int peer, int channel, long bytes, int signal, boolean soleBump);

    /** As {@link org.fabricmark.transport.Transport#notifyPeer}. */
    List<PostedRequest> notifyPeer(int peer, int channel, int signal);

    /** As {@link org.fabricmark.transport.Transport#get}. */
    List<PostedRequest> get(int peer, int channel, long bytes);

    /**
     * What waiting for so many bumps of a signal, by {@link org.fabricmark.transport.Transport#arrived}, posts itself, if anything. Whatever was
     * posted before counts as done by then.
     */
    List<PostedRequest> await(int peer, int channel, int signal, int times);

    /** What waiting for {@link org.fabricmark.transport.Transport#flushed} posts itself, if anything. */
    List<PostedRequest> flush(int channel);

    /** What waiting for {@link org.fabricmark.transport.Transport#drained} posts itself, if anything: the end of a call. */
    List<PostedRequest> drain();
}
