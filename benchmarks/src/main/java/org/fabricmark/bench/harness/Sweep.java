package org.fabricmark.bench.harness;

/**
 * Measures the cases of a request, one after the other, in this process.
 *
 * <p>Thread rule: one thread runs it; any thread may close it.
 */
public final class Sweep implements AutoCloseable {
    /**
     * Measures everything; returns when all ranks have ended.
     *
     * @throws org.fabricmark.transport.FabricException when a rank fails, or the sweep is closed or its thread interrupted
     */
    public void run(SweepRequest request, SweepListener listener) {
        throw new UnsupportedOperationException("comes next");
    }

    /** Ends the ranks, if any run; returns when they have ended and their files are gone. */
    @Override
    public void close() {}
}
