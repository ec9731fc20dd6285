package org.fabricmark.transport.netty;

/** What becomes of the frames of one peer. All arguments come from the wire: each method checks its own. */
interface FrameSink {
    /** Checks that frames of wire {@code channel} may come on this connection. */
    void wire(int channel) throws WireException;

    /** @return the address where {@code bytes} bytes for {@code place} go */
    long landing(long place, long bytes) throws WireException;

    /** Checks that the peer may raise counter {@code signal} to {@code total} now. */
    void check(long signal, long total) throws WireException;

    /** Raises a checked counter: all bytes before it are at their place. */
    void raise(long signal, long total);

    /** The peer wants {@code bytes} bytes from {@code from}, for its own place {@code to}. */
    void request(int channel, long from, long to, long bytes) throws WireException;

    /** @return the address where {@code bytes} bytes of an answer go; {@code rest} more are to come */
    long reply(int channel, long to, long bytes, long rest) throws WireException;

    /** The last bytes of the answer to the oldest request are at their place. */
    void replied();

    /** The peer has entered set-up barrier {@code number}; {@code leaving} says that it was the last. */
    void stage(long number, boolean leaving) throws WireException;

    /** The peer asks whether this rank lives, or answers that it does. */
    void sign(long question, boolean answer) throws WireException;

    /** The peer hands on why the job has ended, or proposes why it ought to. */
    void abort(byte[] record, boolean decided) throws WireException;
}
