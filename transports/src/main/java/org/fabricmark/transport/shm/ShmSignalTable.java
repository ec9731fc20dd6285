package org.fabricmark.transport.shm;

import org.fabricmark.transport.SignalTable;

/** Signal lines in a region of their own; names of counters are addresses of lines. */
final class ShmSignalTable implements SignalTable {
    private final ShmRegion lines;
    private final int signals;
    private final int rank;
    private final int size;

    ShmSignalTable(ShmRegion lines, int signals, int rank, int size) {
        this.lines = lines;
        this.signals = signals;
        this.rank = rank;
        this.size = size;
    }

    static long bytes(int signals, int size) {
        return ShmLayout.line(signals, 0, size);
    }

    @Override
    public int signals() {
        return signals;
    }

    @Override
    public long outgoing(int peer, int signal) {
        return lines.part(peer) + ShmLayout.line(signal, rank, size);
    }

    @Override
    public long incoming(int peer, int signal) {
        return lines.part(rank) + ShmLayout.line(signal, peer, size);
    }

    @Override
    public void close() {
        lines.close();
    }
}
