package org.fabricmark.bench.harness;

import java.lang.foreign.MemorySegment;
import org.fabricmark.bench.cases.BenchmarkCase;
import org.fabricmark.bench.cases.Memory;
import org.fabricmark.communicator.PlanRequest;
import org.fabricmark.communicator.Window;
import org.fabricmark.memory.PrivateMemory;

/**
 * The buffers that the calls of one case use on one rank: places in the job's windows, or private memory of the case, for which
 * the windows are the stage.
 *
 * <p>Thread rule: the rank's thread.
 */
final class CaseBuffers implements AutoCloseable {
    private final RankBuffers windows;
    private final BenchmarkCase subject;
    private final BufferRing ring;
    private final PrivateMemory inputs;
    private final PrivateMemory outputs;

    /**
     * One call's buffers.
     *
     * @param input in place it is a part of the output
     * @param output all of it
     */
    record Place(MemorySegment input, MemorySegment output) {}

    CaseBuffers(RankBuffers windows, BenchmarkCase subject) {
        this.windows = windows;
        this.subject = subject;
        this.ring = BufferRing.of(subject, LastLevelCache.twice());
        boolean own = subject.conditions().memory() == Memory.PRIVATE && subject.collective().movesData();
        this.inputs = own ? PrivateMemory.allocate(Math.max(1, ring.inputBytes())) : null;
        this.outputs = own ? allocateOutputs() : null;
    }

    private PrivateMemory allocateOutputs() {
        try {
            return PrivateMemory.allocate(ring.outputBytes());
        } catch (OutOfMemoryError e) {
            inputs.close();
            throw e;
        }
    }

    /** Whether calls copy into a window and out of it. */
    boolean staged() {
        return outputs != null;
    }

    /** How many places calls go through, one after the other. */
    int places() {
        return ring.places();
    }

    /** What a call on {@code place} plans; staged calls plan only one, which place 0 of the windows is for. */
    PlanRequest request(int place) {
        if (!subject.collective().movesData()) {
            return PlanRequest.of(subject.algorithm(), subject.type(), subject.op(), subject.count(), null, null);
        }
        Window output = windows.output();
        long begin = ring.output(place);
        return PlanRequest.of(
                subject.algorithm(),
                subject.type(),
                subject.op(),
                subject.count(),
                subject.inPlace()
                        ? output.at(begin + subject.inPlaceOffset(windows.rank()))
                        : windows.input().at(ring.input(place)),
                output.at(begin))
                .withRoot(subject.root());
    }

    /** The caller's buffers of {@code place}. */
    Place place(int place) {
        return staged() ? place(place, inputs.segment(), outputs.segment())
                : place(place, windows.input().segment(), windows.output().segment());
    }

    private Place place(int place, MemorySegment allInputs, MemorySegment allOutputs) {
        MemorySegment output = allOutputs.asSlice(ring.output(place), subject.outputBytes());
        MemorySegment input = subject.inPlace()
                ? output.asSlice(subject.inPlaceOffset(windows.rank()), subject.inputBytes())
                : allInputs.asSlice(ring.input(place), subject.inputBytes());
        return new Place(input, output);
    }

    /** Gives private memory back. */
    @Override
    public void close() {
        if (staged()) {
            inputs.close();
            outputs.close();
        }
    }
}
