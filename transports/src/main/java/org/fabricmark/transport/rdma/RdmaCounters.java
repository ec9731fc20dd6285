package org.fabricmark.transport.rdma;

import org.fabricmark.transport.SignalTable;

/** Signals as counters that peers write: lines of a region of their own. Outgoing names are references, incoming ones addresses. */
final class RdmaCounters implements SignalTable {
    private final RdmaRegion lines;
    private final int signals;
    private final int rank;
    private final int size;

    RdmaCounters(RdmaMemory memory, int signals, int rank, int size) {
        this.lines = memory.allocate(RdmaLayout.line(signals, 0, size));
        this.signals = signals;
        this.rank = rank;
        this.size = size;
    }

    @Override
    public int signals() {
        return signals;
    }

    @Override
    public long outgoing(int peer, int signal) {
        return lines.reference(RdmaLayout.line(signal, rank, size));
    }

    @Override
    public long incoming(int peer, int signal) {
        return lines.address() + RdmaLayout.line(signal, peer, size);
    }

    @Override
    public void close() {
        lines.close();
    }
}
