package org.fabricmark.transport.fault;

import org.fabricmark.transport.Transport;

/** One call of a step path, as data. References and signals are those of the transport. */
record Operation(
        Verb verb,
        int peer,
        int channel,
        long from,
        long to,
        long bytes,
        long signal,
        long total,
        boolean soleBump) {

    /** Which call. */
    enum Verb {
        PUT,
        PUT_AND_NOTIFY,
        NOTIFY,
        GET
    }

    static Operation put(int peer, int channel, long from, long to, long bytes) {
        return new Operation(Verb.PUT, peer, channel, from, to, bytes, 0, 0, false);
    }

    static Operation bump(int peer, int channel, long signal, long total) {
        return new Operation(Verb.NOTIFY, peer, channel, 0, 0, 0, signal, total, false);
    }

    static Operation get(int peer, int channel, long from, long to, long bytes) {
        return new Operation(Verb.GET, peer, channel, from, to, bytes, 0, 0, false);
    }

    /** @return false for back-pressure */
    boolean issue(Transport transport) {
        return switch (verb) {
            case PUT -> transport.put(peer, channel, from, to, bytes);
            case PUT_AND_NOTIFY ->
                transport.putAndNotify(peer, channel, from, to, bytes, signal, total, soleBump);
            case NOTIFY -> transport.notifyPeer(peer, channel, signal, total);
            case GET -> transport.get(peer, channel, from, to, bytes);
        };
    }

    boolean writes() {
        return verb == Verb.PUT || verb == Verb.PUT_AND_NOTIFY;
    }

    boolean bumps() {
        return verb == Verb.NOTIFY || verb == Verb.PUT_AND_NOTIFY;
    }

    /** The data of a put alone. */
    Operation withoutBump() {
        return put(peer, channel, from, to, bytes);
    }

    /** The bump alone. */
    Operation withoutData() {
        return bump(peer, channel, signal, total);
    }

    Operation withTotal(long value) {
        return new Operation(verb, peer, channel, from, to, bytes, signal, value, soleBump);
    }
}
