package org.fabricmark.transport.netty;

import org.fabricmark.transport.SignalTable;

/** Counters of this rank, by (signal, source rank). They are the rank's alone, so they are plain numbers. */
final class NettySignalTable implements SignalTable {
    private final NettyMemory memory;
    private final int number;
    private final int signals;
    private final int rank;
    private final int size;

    /** The counters; {@link NettyMemory} raises them. */
    final long[] totals;

    NettySignalTable(NettyMemory memory, int number, int signals, int rank, int size) {
        this.memory = memory;
        this.number = number;
        this.signals = signals;
        this.rank = rank;
        this.size = size;
        this.totals = new long[Math.multiplyExact(signals, size)];
    }

    @Override
    public int signals() {
        return signals;
    }

    @Override
    public long outgoing(int peer, int signal) {
        return NettyLayout.signalName(number, signal * size + rank);
    }

    @Override
    public long incoming(int peer, int signal) {
        return NettyLayout.signalName(number, signal * size + peer);
    }

    int number() {
        return number;
    }

    @Override
    public void close() {
        memory.forget(this);
    }
}
