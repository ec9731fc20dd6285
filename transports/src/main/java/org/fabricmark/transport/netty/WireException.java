package org.fabricmark.transport.netty;

/** The peer has sent what no peer may send; the message says what, as the end of "rank 1 sent ...". */
class WireException extends Exception {
    private static final long serialVersionUID = 1L;

    WireException(String what) {
        super(what);
    }
}
