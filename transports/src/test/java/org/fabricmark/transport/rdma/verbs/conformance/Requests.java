package org.fabricmark.transport.rdma.verbs.conformance;

import org.fabricmark.transport.rdma.verbs.ReceiveRequest;
import org.fabricmark.transport.rdma.verbs.SendFlag;
import org.fabricmark.transport.rdma.verbs.SendRequest;

/** The usual work requests, each with one piece of local memory, none of them signalled. */
final class Requests {
    private Requests() {}

    static SendRequest request(long id) {
        return new SendRequest().begin(id);
    }

    static SendRequest send(long id, Registered from, long offset, int length) {
        return request(id).send().segment(from.at(offset), length, from.localKey());
    }

    static SendRequest sendWithImmediate(long id, Registered from, int length, int immediate) {
        return request(id).sendWithImmediate(immediate).segment(from.at(0), length, from.localKey());
    }

    static SendRequest write(long id, Registered from, long offset, Registered to, long toOffset, int length) {
        return request(id).write(to.at(toOffset), to.remoteKey()).segment(from.at(offset), length, from.localKey());
    }

    static SendRequest writeWithImmediate(long id, Registered from, Registered to, int length, int immediate) {
        return request(id).writeWithImmediate(to.at(0), to.remoteKey(), immediate)
                .segment(from.at(0), length, from.localKey());
    }

    static SendRequest read(long id, Registered into, long offset, Registered from, long fromOffset, int length) {
        return request(id).read(from.at(fromOffset), from.remoteKey()).segment(into.at(offset), length,
                into.localKey());
    }

    static SendRequest fetchAndAdd(long id, Registered into, long offset, Registered word, long wordOffset,
            long addend) {
        return request(id).fetchAndAdd(word.at(wordOffset), word.remoteKey(), addend)
                .segment(into.at(offset), Long.BYTES, into.localKey());
    }

    static SendRequest compareAndSwap(
            long id, Registered into, Registered word, long wordOffset, long expected, long desired) {
        return request(id).compareAndSwap(word.at(wordOffset), word.remoteKey(), expected, desired)
                .segment(into.at(0), Long.BYTES, into.localKey());
    }

    static ReceiveRequest receive(long id, Registered into, long offset, int length) {
        return new ReceiveRequest().begin(id).segment(into.at(offset), length, into.localKey());
    }

    /** A receive of no memory. */
    static ReceiveRequest receive(long id) {
        return new ReceiveRequest().begin(id);
    }

    static SendRequest signaled(SendRequest request) {
        return request.flag(SendFlag.SIGNALED);
    }
}
