package org.fabricmark.bench.harness;

import java.lang.foreign.MemorySegment;
import org.fabricmark.bench.cases.BenchmarkCase;
import org.fabricmark.bench.cases.Memory;
import org.fabricmark.communicator.BufferSlice;
import org.fabricmark.communicator.PlanRequest;
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
     * @param input in place it lies in the output, or the output in it
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
            return PrivateMemory.allocate(Math.max(1, ring.outputBytes()));
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

    /** How many different roots calls have, one after the other. */
    int roots() {
        return subject.rotation();
    }

    /**
     * What a call on {@code place} plans.
     *
     * @param place of staged calls always 0, for which there is room in the windows
     * @param call its number, on which the root may depend
     */
    PlanRequest request(int place, int call) {
        if (!subject.collective().movesData()) {
            return PlanRequest.of(subject.algorithm(), subject.type(), subject.op(), subject.count(), null, null);
        }
        long inside = subject.inPlaceOffset(windows.rank());
        BufferSlice input = subject.inputInOutput()
                ? windows.output().at(ring.output(place) + inside)
                : windows.input().at(ring.input(place));
        BufferSlice output = subject.outputInInput()
                ? windows.input().at(ring.input(place) + inside)
                : windows.output().at(ring.output(place));
        return PlanRequest.of(subject.algorithm(), subject.type(), subject.op(), subject.count(), input, output)
                .withRoot(subject.root(call))
                .withTuning(subject.shape().tuning());
    }

    /** The caller's buffers of {@code place}. */
    Place place(int place) {
        return staged() ? place(place, inputs.segment(), outputs.segment())
                : place(place, windows.input().segment(), windows.output().segment());
    }

    private Place place(int place, MemorySegment allInputs, MemorySegment allOutputs) {
        long inside = subject.inPlaceOffset(windows.rank());
        MemorySegment input = subject.inputInOutput()
                ? allOutputs.asSlice(ring.output(place) + inside, subject.inputBytes())
                : allInputs.asSlice(ring.input(place), subject.inputBytes());
        MemorySegment output = subject.outputInInput()
                ? allInputs.asSlice(ring.input(place) + inside, subject.outputBytes())
                : allOutputs.asSlice(ring.output(place), subject.outputBytes());
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
