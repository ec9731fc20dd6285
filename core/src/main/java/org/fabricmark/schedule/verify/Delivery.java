package org.fabricmark.schedule.verify;

/** How a small signalled put reaches its target; a transport may do either, so both are proven. */
public enum Delivery {
    /** The wire writes the target, at any time before the bump arrives. */
    BY_WIRE,
    /**
     * The data travel inside the signal, and the channel that awaits it writes the target: later than the wire would have,
     * and without the wire's order. Only a put whose signal is bumped once in its call may travel so, because its line is
     * free for one message at a time.
     */
    IN_SIGNAL
}
