package org.fabricmark.transport.rdma.verbs;

/**
 * States of a queue pair (InfiniBand specification, volume 1, section 10.3.1).
 *
 * <pre>
 *            +-------+    +------+     +-----+     +-----+     +-----+
 *   create - | RESET | -- | INIT | --- | RTR | --- | RTS | --- | SQD |
 *            +-------+    +------+     +-----+     +-----+     +-----+
 *                          receives     answers     sends       drains, and goes back
 *                          are kept     the peer
 *
 *            any state, by the program:                     RESET, ERR
 *            any state of RC, by an error:                  ERR
 *            RTS without connection, by an error of a send: SQE, and back by the program
 * </pre>
 */
public enum QueuePairState {
    /** As created: nothing can be posted. */
    RESET,
    /** Receives can be posted; what arrives is dropped. */
    INIT,
    /** Ready to receive: requests of the peer are executed. */
    RTR,
    /** Ready to send: everything works. */
    RTS,
    /** Send queue drained: what was begun is finished, later work requests wait. */
    SQD,
    /** Send queue error: sends are flushed, receives go on. Never a state of a reliable connection. */
    SQE,
    /** Everything is flushed. */
    ERR;

    /** Whether requests of peers are executed. */
    public boolean receives() {
        return this == RTR || this == RTS || this == SQD || this == SQE;
    }
}
